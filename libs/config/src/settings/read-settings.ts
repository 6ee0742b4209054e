import { join, resolve } from 'node:path';
import { durationOr } from '../duration.ts';
import { ConfigurationError, type Problem } from '../problem.ts';
import type { RetentionMs, Role, Settings } from '../settings.types.ts';
import { checkShape, type Checked, keysOf } from '../validation/check-shape.ts';
import { nameFrom, nameProblem } from '../validation/text-problems.ts';
import { normalizeBaseUrl } from '../validation/url-problems.ts';
import { adminOf, findHalfPairs, findSessionConflicts, googleOf, sessionOf } from './account-settings.ts';
import { splitRoles } from './environment-problems.ts';
import { EnvironmentShape } from './environment.shape.ts';
import { readSecrets } from './read-secrets.ts';
import {
  DEFAULT_RETENTION_MS,
  findRetentionConflicts,
  formatRetention,
  longerRetention,
  retentionOf,
} from './retention.ts';

const WINDOW_MS = 600_000;
const WINDOW_GRACE_MS = 30_000;
const PORT = 3000;
const RATE_LIMIT = 1200;
const RETENTION = 'RETENTION_';
const SESSION = 'SESSION_';

/** What settings depend on besides the environment. */
export interface SettingsSurroundings {
  /** Relative paths begin here. */
  readonly cwd: string;
  readonly hostname: string;
  /** Reads a small file as UTF-8; throws when it cannot. */
  readonly readFile: (path: string) => string;
}

/**
 * Reads the process's settings from the environment and fills in the defaults. A variable that is set to nothing counts
 * as not set; variables that distomon does not know are none of its business.
 *
 * @throws ConfigurationError with every problem at once; no message holds a password
 */
export function readSettings(env: NodeJS.ProcessEnv, surroundings: SettingsSurroundings): Settings {
  const secrets = readSecrets(env, surroundings.readFile);
  const known = keysOf(EnvironmentShape).flatMap(name => (env[name] ? [[name, env[name]]] : []));
  const { value, findings } = checkShape(EnvironmentShape, { ...Object.fromEntries(known), ...secrets.values });
  const problemAt = (name: string, message: string): Problem => problemOf(secrets.sources.get(name) ?? name, message);
  const isWrong = (prefix: string): boolean => findings.some(({ path }) => String(path[0]).startsWith(prefix));
  const problems = [
    ...secrets.problems,
    ...findings.map(({ path, message }) => problemAt(String(path[0]), message)),
    ...addressConflicts(env),
    ...findHalfPairs(name => Boolean(env[name]) || secrets.sources.has(name)).map(({ variable, message }) =>
      problemAt(variable, message),
    ),
    // One that is wrong by itself says nothing about the others.
    ...(isWrong(RETENTION) ? [] : retentionConflicts(value)),
    ...(isWrong(SESSION) ? [] : sessionConflicts(value)),
  ];
  if (problems.length > 0) throw new ConfigurationError(problems);
  return settingsOf(value, surroundings);
}

function problemOf(path: string, message: string): Problem {
  return { source: 'environment', line: null, path, message };
}

function addressConflicts(env: NodeJS.ProcessEnv): Problem[] {
  if (!env['LISTEN']) return [];
  const others = ['HOST', 'PORT'].filter(name => env[name]);
  const both = `names a socket, and ${others.join(' and ')} an address: keep one of them`;
  const noProxy =
    'is 0, but LISTEN names a socket, where only a proxy knows who asks: leave it out or write 1, and have the proxy set X-Forwarded-For';
  return [
    ...(others.length === 0 ? [] : [problemOf('LISTEN', both)]),
    ...(Number(env['TRUST_PROXY'] || 1) === 0 ? [problemOf('TRUST_PROXY', noProxy)] : []),
  ];
}

function retentionConflicts(env: Checked<EnvironmentShape>): Problem[] {
  const retention = retentionFrom(env);
  const variable = (name: string): string => `${RETENTION}${name.toUpperCase()}`;
  return findRetentionConflicts(retention).map(({ tooShort, than }) =>
    problemOf(
      variable(tooShort),
      `keeps ${tooShort} (${formatRetention(retention[tooShort])}) shorter than ${variable(than)} keeps ${than} ` +
        `(${formatRetention(retention[than])}), of which they are made: at least as long, or 0 for ever`,
    ),
  );
}

function sessionConflicts(env: Checked<EnvironmentShape>): Problem[] {
  return findSessionConflicts(env).map(({ variable, message }) => problemOf(variable, message));
}

/** Hours that nobody says anything about are kept at least as long as the rows. */
function retentionFrom(env: Checked<EnvironmentShape>): RetentionMs {
  const { RETENTION_ROWS: rows, RETENTION_HOURS: hours, RETENTION_DAYS: days, RETENTION_EVENTS: events } = env;
  const retention = retentionOf({ rows, hours, days, events }, DEFAULT_RETENTION_MS);
  return hours === undefined ? { ...retention, hours: longerRetention(retention.hours, retention.rows) } : retention;
}

/**
 * The file that keeps the process's label: one name. The first start writes it, because a `via` in the network file means
 * this process still when its host, or its container, has another name.
 */
export function processLabelFile(home: string): string {
  return join(home, 'process-label');
}

function settingsOf(env: Checked<EnvironmentShape>, surroundings: SettingsSurroundings): Settings {
  const { cwd, hostname } = surroundings;
  const home = resolve(cwd, env.DISTOMON_HOME ?? 'data');
  return {
    logLevel: (env.LOG_LEVEL?.toLowerCase() ?? 'info') as Settings['logLevel'],
    home,
    configFileName: env.CONFIG_FILE_NAME ?? 'nodeconf.yml',
    roles: splitRoles(env.ROLES ?? 'api,worker') as Role[],
    listen:
      env.LISTEN === undefined
        ? { host: env.HOST ?? '127.0.0.1', port: Number(env.PORT ?? PORT) }
        : { socket: resolve(cwd, env.LISTEN) },
    publicUrl: env.PUBLIC_URL === undefined ? null : normalizeBaseUrl(env.PUBLIC_URL),
    databaseUrl: env.DATABASE_URL ?? null,
    redisUrl: env.REDIS_URL ?? null,
    // Whoever comes by a socket has no address of its own: all would be counted as one.
    trustProxy: Number(env.TRUST_PROXY ?? (env.LISTEN === undefined ? 0 : 1)),
    windowMs: durationOr(env.WINDOW, WINDOW_MS),
    windowGraceMs: durationOr(env.WINDOW_GRACE, WINDOW_GRACE_MS),
    retentionMs: retentionFrom(env),
    processLabel: env.PROCESS_LABEL ?? keptLabel(home, surroundings) ?? nameFrom(hostname),
    admin: adminOf(env),
    google: googleOf(env),
    session: sessionOf(env),
    rateLimit: Number(env.RATE_LIMIT ?? RATE_LIMIT),
  };
}

function keptLabel(home: string, { readFile }: SettingsSurroundings): string | null {
  try {
    const label = readFile(processLabelFile(home)).trim();
    return nameProblem(label) === null ? label : null;
  } catch {
    // Nothing is kept before the first start, and where nobody may read it the host's name is as good as ever.
    return null;
  }
}
