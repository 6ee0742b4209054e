import { Optional } from '../validation/check.ts';
import { durationProblem, integerTextProblem } from '../validation/number-problems.ts';
import { nameProblem } from '../validation/text-problems.ts';
import { connectionUrlProblem, httpUrlProblem } from '../validation/url-problems.ts';
import {
  apiProcessesProblem,
  fileNameProblem,
  hostProblem,
  logLevelProblem,
  pathProblem,
  rolesProblem,
  socketProblem,
} from './environment-problems.ts';
import { retentionProblem } from './retention.ts';

const DAY_MS = 86_400_000;

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
}

/** The variables that hold a secret: each may also be given as `<name>_FILE`, the path of a file that holds it. */
export const SECRETS = ['DATABASE_URL', 'REDIS_URL'] as const satisfies readonly (keyof EnvironmentShape)[];
