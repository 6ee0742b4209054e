import { describe, expect, it } from 'vitest';
import { problemLinesOf } from '../../test/problems-of.ts';
import { readSettings } from './read-settings.ts';

const DAY_MS = 86_400_000;
const PASSWORD = 'hunter2 hunter2';
const GOOGLE = { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'hunter2' };

const FILES: Record<string, string> = { '/run/secrets/password': `${PASSWORD}\n`, '/run/secrets/short': 'hunter2\n' };

const read = (env: NodeJS.ProcessEnv) =>
  readSettings(env, {
    cwd: '/srv',
    hostname: 'box-1',
    readFile: path => {
      const content = FILES[path];
      if (content === undefined) throw Object.assign(new Error('hunter2'), { code: 'ENOENT' });
      return content;
    },
  });

describe('settings of accounts', () => {
  it.each([
    ['a variable', { ADMIN_PASSWORD: PASSWORD }],
    ['a file', { ADMIN_PASSWORD_FILE: '/run/secrets/password' }],
  ])("take the first admin's password from %s", (_where, env) => {
    expect(read({ ADMIN_EMAIL: 'Alice@Example.org', ...env }).admin).toEqual({
      email: 'alice@example.org',
      password: PASSWORD,
    });
  });

  it('count the characters of a password as people do, whatever they are made of', () => {
    expect(read({ ADMIN_EMAIL: 'a@b.c', ADMIN_PASSWORD: '🐎'.repeat(15) }).admin).not.toBeNull();
    const decomposed = 'é'.normalize('NFD').repeat(14);
    expect(problemLinesOf(() => read({ ADMIN_EMAIL: 'a@b.c', ADMIN_PASSWORD: decomposed }))).toHaveLength(1);
  });

  it("send Google's questions to Google and give a new account the least role, and nobody one", () => {
    expect(read(GOOGLE).google).toEqual({
      clientId: 'id',
      clientSecret: 'hunter2',
      allowed: { emails: [], domains: [] },
      role: 'user',
      endpoints: {
        authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
        tokenUrl: 'https://oauth2.googleapis.com/token',
        userinfoUrl: 'https://www.googleapis.com/oauth2/v3/userinfo',
      },
    });
  });

  it('let a session rest no longer than it lives, when only its life is set', () => {
    expect(read({ SESSION_LIFETIME: '1d' }).session).toEqual({ idleMs: DAY_MS, lifetimeMs: DAY_MS });
  });

  it.each<[NodeJS.ProcessEnv, string]>([
    [{ ADMIN_EMAIL: 'a@example.org' }, 'ADMIN_EMAIL: needs ADMIN_PASSWORD too: set both, or neither'],
    [{ ADMIN_PASSWORD: PASSWORD }, 'ADMIN_PASSWORD: needs ADMIN_EMAIL too'],
    [{ ADMIN_PASSWORD_FILE: '/run/secrets/password' }, 'ADMIN_PASSWORD_FILE: needs ADMIN_EMAIL too'],
    [
      { ADMIN_EMAIL: 'a@example.org', ADMIN_PASSWORD_FILE: '/nowhere' },
      'ADMIN_PASSWORD_FILE: names "/nowhere", which cannot be read (ENOENT)',
    ],
    [
      { ADMIN_EMAIL: 'a@example.org', ADMIN_PASSWORD: 'hunter2' },
      'ADMIN_PASSWORD: is too short: at least 15 characters',
    ],
    [
      { ADMIN_EMAIL: 'a@example.org', ADMIN_PASSWORD_FILE: '/run/secrets/short' },
      'ADMIN_PASSWORD_FILE: is too short: at least 15 characters',
    ],
    [
      { ADMIN_EMAIL: 'a@example.org', ADMIN_PASSWORD: 'hunter2'.repeat(37) },
      'ADMIN_PASSWORD: is longer than 256 characters',
    ],
    [{ ADMIN_EMAIL: 'alice', ADMIN_PASSWORD: PASSWORD }, 'ADMIN_EMAIL: "alice" is no e-mail address'],
    [{ ADMIN_EMAIL: 'a@b@c', ADMIN_PASSWORD: PASSWORD }, 'ADMIN_EMAIL: "a@b@c" is no e-mail address'],
    [{ ADMIN_EMAIL: 'a b@c.d', ADMIN_PASSWORD: PASSWORD }, 'ADMIN_EMAIL: "a b@c.d" is no e-mail address'],
    [{ GOOGLE_CLIENT_ID: 'id' }, 'GOOGLE_CLIENT_ID: needs GOOGLE_CLIENT_SECRET too'],
    [{ GOOGLE_CLIENT_SECRET: 'hunter2' }, 'GOOGLE_CLIENT_SECRET: needs GOOGLE_CLIENT_ID too'],
    [{ ...GOOGLE, GOOGLE_CLIENT_SECRET: 'hunter2\n' }, 'GOOGLE_CLIENT_SECRET: must be on one line'],
    [{ ...GOOGLE, GOOGLE_ALLOWED: 'example.org,' }, 'GOOGLE_ALLOWED: "" is no domain: write it like example.org'],
    [{ ...GOOGLE, GOOGLE_ALLOWED: '*.example.org' }, 'GOOGLE_ALLOWED: "*.example.org" is no domain'],
    [{ ...GOOGLE, GOOGLE_ALLOWED: 'a@b@c' }, 'GOOGLE_ALLOWED: "a@b@c" is no e-mail address'],
    [{ ...GOOGLE, GOOGLE_ROLE: 'amdin' }, 'GOOGLE_ROLE: "amdin" is none of user, admin; did you mean admin?'],
    [
      { ...GOOGLE, GOOGLE_AUTHORIZATION_URL: 'http://example.org/auth' },
      'GOOGLE_AUTHORIZATION_URL: "http://example.org/auth" must begin with https://',
    ],
    [{ ...GOOGLE, GOOGLE_TOKEN_URL: 'https://a:hunter2@b/' }, 'GOOGLE_TOKEN_URL: must hold neither a user name'],
    [{ ...GOOGLE, GOOGLE_TOKEN_URL: 'token' }, 'GOOGLE_TOKEN_URL: "token" is no URL'],
    [
      { ...GOOGLE, GOOGLE_USERINFO_URL: 'https://example.org/me' },
      'GOOGLE_USERINFO_URL: "https://example.org/me" must end in /userinfo',
    ],
    [
      { SESSION_IDLE: '31d' },
      'SESSION_IDLE: lets a session rest for 31d, but SESSION_LIFETIME ends it after 30d: at most as long',
    ],
    [{ SESSION_IDLE: '1w' }, 'SESSION_IDLE: "1w" is no duration'],
    [{ SESSION_LIFETIME: '401d' }, 'SESSION_LIFETIME: "401d" is too long: at most 400d'],
    [{ RATE_LIMIT: '-1' }, 'RATE_LIMIT: "-1" is no whole number from 0 to 1000000'],
  ])('that cannot be used are told: %j', (env, problem) => {
    const lines = problemLinesOf(() => read(env));
    expect(lines).toEqual([expect.stringContaining(problem)]);
    expect(lines.join()).not.toContain('hunter2');
  });
});
