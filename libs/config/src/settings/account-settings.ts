import { durationOr, formatDuration } from '../duration.ts';
import type {
  AdminSettings,
  GoogleAllowed,
  GoogleEndpoints,
  GoogleSettings,
  SessionSettings,
} from '../settings.types.ts';
import type { Checked } from '../validation/check-shape.ts';
import { normalizeEmail } from '../validation/email-problems.ts';
import { splitAllowed } from './account-problems.ts';
import type { EnvironmentShape } from './environment.shape.ts';

const DAY_MS = 86_400_000;
const SESSION_IDLE_MS = 7 * DAY_MS;
const SESSION_LIFETIME_MS = 30 * DAY_MS;

/** What Google's discovery document (https://accounts.google.com/.well-known/openid-configuration) names, as of 2026. */
const GOOGLE: GoogleEndpoints = {
  authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  userinfoUrl: 'https://www.googleapis.com/oauth2/v3/userinfo',
};

type Environment = Checked<EnvironmentShape>;

/** A variable, and what is wrong with it beside others. */
export interface VariableConflict {
  readonly variable: string;
  readonly message: string;
}

const PAIRS = [
  ['ADMIN_EMAIL', 'ADMIN_PASSWORD'],
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
] as const;

/**
 * Variables that mean something only together, of which one is missing.
 *
 * @param isGiven whether a variable is set, by itself or by its file, be what it holds right or wrong
 */
export function findHalfPairs(isGiven: (variable: string) => boolean): VariableConflict[] {
  const halves = PAIRS.flatMap(([one, other]) => [
    { given: one, missing: other },
    { given: other, missing: one },
  ]);
  return halves
    .filter(({ given, missing }) => isGiven(given) && !isGiven(missing))
    .map(({ given, missing }) => ({ variable: given, message: `needs ${missing} too: set both, or neither` }));
}

/** A session that is not used must not outlive one that is. */
export function findSessionConflicts(env: Environment): VariableConflict[] {
  const { idleMs, lifetimeMs } = sessionOf(env);
  if (idleMs <= lifetimeMs) return [];
  const message =
    `lets a session rest for ${formatDuration(idleMs)}, but SESSION_LIFETIME ends it after ` +
    `${formatDuration(lifetimeMs)}: at most as long`;
  return [{ variable: 'SESSION_IDLE', message }];
}

/** Of a rest that nobody says anything about, what fits into the lifetime. */
export function sessionOf(env: Environment): SessionSettings {
  const lifetimeMs = durationOr(env.SESSION_LIFETIME, SESSION_LIFETIME_MS);
  return { idleMs: durationOr(env.SESSION_IDLE, Math.min(SESSION_IDLE_MS, lifetimeMs)), lifetimeMs };
}

export function adminOf({ ADMIN_EMAIL: email, ADMIN_PASSWORD: password }: Environment): AdminSettings | null {
  return email === undefined || password === undefined ? null : { email: normalizeEmail(email), password };
}

export function googleOf(env: Environment): GoogleSettings | null {
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret } = env;
  if (clientId === undefined || clientSecret === undefined) return null;
  return {
    clientId,
    clientSecret,
    allowed: allowedOf(env.GOOGLE_ALLOWED),
    role: env.GOOGLE_ROLE === 'admin' ? 'admin' : 'user',
    endpoints: {
      authorizationUrl: env.GOOGLE_AUTHORIZATION_URL ?? GOOGLE.authorizationUrl,
      tokenUrl: env.GOOGLE_TOKEN_URL ?? GOOGLE.tokenUrl,
      userinfoUrl: env.GOOGLE_USERINFO_URL ?? GOOGLE.userinfoUrl,
    },
  };
}

function allowedOf(text: string | undefined): GoogleAllowed {
  const entries = text === undefined ? [] : [...new Set(splitAllowed(text))];
  return {
    emails: entries.filter(entry => entry.includes('@')),
    domains: entries.filter(entry => !entry.includes('@')),
  };
}
