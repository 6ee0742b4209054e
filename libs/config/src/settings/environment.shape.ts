import { Optional } from '../validation/check.ts';
import { durationProblem, integerTextProblem } from '../validation/number-problems.ts';
import { emailProblem } from '../validation/email-problems.ts';
import { hostProblem, nameProblem, textProblem } from '../validation/text-problems.ts';
import { connectionUrlProblem, httpUrlProblem } from '../validation/url-problems.ts';
import {
  accountRoleProblem,
  allowedProblem,
  endpointProblem,
  passwordProblem,
  userinfoProblem,
} from './account-problems.ts';
import {
  apiProcessesProblem,
  fileNameProblem,
  logLevelProblem,
  pathProblem,
  rolesProblem,
  socketProblem,
} from './environment-problems.ts';
import { retentionProblem } from './retention.ts';

const DAY_MS = 86_400_000;
/** Browsers forget a cookie after 400 days, whatever it says. */
const sessionProblem = durationProblem({ min: 1_000, max: 400 * DAY_MS });

/** The variables of the environment that distomon reads, as they are written: text, every one optional. */
export class EnvironmentShape {
  @Optional(logLevelProblem) LOG_LEVEL?: string;
  @Optional(fileNameProblem) CONFIG_FILE_NAME?: string;
  @Optional(pathProblem) DISTOMON_HOME?: string;
  @Optional(rolesProblem) ROLES?: string;
  @Optional(hostProblem) HOST?: string;
  @Optional(integerTextProblem({ min: 0, max: 65_535 })) PORT?: string;
  @Optional(socketProblem) LISTEN?: string;
  @Optional(apiProcessesProblem) API_PROCESSES?: string;
  @Optional(httpUrlProblem) PUBLIC_URL?: string;
  @Optional(connectionUrlProblem(['postgresql:', 'postgres:'], 'postgresql://user:password@host:5432/distomon'))
  DATABASE_URL?: string;
  @Optional(connectionUrlProblem(['redis:', 'rediss:'], 'redis://:password@host:6379/0'))
  REDIS_URL?: string;
  @Optional(integerTextProblem({ min: 0, max: 10 })) TRUST_PROXY?: string;
  @Optional(durationProblem({ min: 10_000, max: DAY_MS })) WINDOW?: string;
  @Optional(durationProblem({ min: 1_000, max: DAY_MS })) WINDOW_GRACE?: string;
  @Optional(retentionProblem) RETENTION_ROWS?: string;
  @Optional(retentionProblem) RETENTION_HOURS?: string;
  @Optional(retentionProblem) RETENTION_DAYS?: string;
  @Optional(retentionProblem) RETENTION_EVENTS?: string;
  @Optional(nameProblem) PROCESS_LABEL?: string;
  @Optional(emailProblem) ADMIN_EMAIL?: string;
  @Optional(passwordProblem) ADMIN_PASSWORD?: string;
  @Optional(textProblem(256)) GOOGLE_CLIENT_ID?: string;
  @Optional(textProblem(256)) GOOGLE_CLIENT_SECRET?: string;
  @Optional(allowedProblem) GOOGLE_ALLOWED?: string;
  @Optional(accountRoleProblem) GOOGLE_ROLE?: string;
  @Optional(endpointProblem) GOOGLE_AUTHORIZATION_URL?: string;
  @Optional(endpointProblem) GOOGLE_TOKEN_URL?: string;
  @Optional(userinfoProblem) GOOGLE_USERINFO_URL?: string;
  @Optional(sessionProblem) SESSION_IDLE?: string;
  @Optional(sessionProblem) SESSION_LIFETIME?: string;
  @Optional(integerTextProblem({ min: 0, max: 1_000_000 })) RATE_LIMIT?: string;
}

/** The variables that hold a secret: each may also be given as `<name>_FILE`, the path of a file that holds it. */
export const SECRETS = [
  'DATABASE_URL',
  'REDIS_URL',
  'ADMIN_PASSWORD',
  'GOOGLE_CLIENT_SECRET',
] as const satisfies readonly (keyof EnvironmentShape)[];
