import { describe, expect, it } from 'vitest';
import { problemLinesOf } from '../../test/problems-of.ts';
import { readSettings } from './read-settings.ts';

const DAY_MS = 86_400_000;

const FILES: Record<string, string> = {
  '/run/secrets/database': 'postgresql://bob:hunter2@db/distomon\n',
  '/run/secrets/broken': 'hunter2',
  '/run/secrets/empty': '\n',
  '/srv/kept/process-label': 'old-host\n',
  '/srv/damaged/process-label': 'a:b',
};

const surroundings = {
  cwd: '/srv',
  hostname: 'Bob’s Mac',
  readFile: (path: string) => {
    const content = FILES[path];
    if (content === undefined) throw Object.assign(new Error('hunter2'), { code: 'ENOENT' });
    return content;
  },
};

const read = (env: NodeJS.ProcessEnv) => readSettings(env, surroundings);

const linesOf = (env: NodeJS.ProcessEnv) => problemLinesOf(() => read(env));

describe('readSettings', () => {
  it('has a default for everything', () => {
    expect(read({ PATH: '/bin', WINDOWS: 'x' })).toEqual({
      logLevel: 'info',
      home: '/srv/data',
      configFileName: 'nodeconf.yml',
      roles: ['api', 'worker'],
      listen: { host: '127.0.0.1', port: 3000 },
      publicUrl: null,
      databaseUrl: null,
      redisUrl: null,
      trustProxy: 0,
      windowMs: 600_000,
      windowGraceMs: 30_000,
      retentionMs: { rows: 761 * DAY_MS, hours: 3_653 * DAY_MS, days: null, events: 761 * DAY_MS },
      processLabel: 'Bob-s-Mac',
      admin: null,
      google: null,
      session: { idleMs: 7 * DAY_MS, lifetimeMs: 30 * DAY_MS },
      rateLimit: 1200,
    });
  });

  it('reads every variable', () => {
    const env = {
      LOG_LEVEL: 'DEBUG',
      CONFIG_FILE_NAME: 'node-2.yml',
      DISTOMON_HOME: '../var/distomon',
      ROLES: 'worker, api,worker',
      LISTEN: 'run/distomon.sock',
      API_PROCESSES: '1',
      PUBLIC_URL: 'https://monitor.acme.example/',
      DATABASE_URL: 'postgres://bob:p%40ss@db:5432/distomon?sslmode=require',
      REDIS_URL: 'rediss://:pass@cache:6380/1',
      TRUST_PROXY: '2',
      WINDOW: '60s',
      WINDOW_GRACE: '5s',
      RETENTION_ROWS: '100d',
      RETENTION_HOURS: '0',
      RETENTION_DAYS: '0d',
      RETENTION_EVENTS: '2400h',
      PROCESS_LABEL: 'fra-1',
      ADMIN_EMAIL: 'Alice@Acme.example',
      ADMIN_PASSWORD: 'hunter2 hunter2 hunter2',
      GOOGLE_CLIENT_ID: '17.apps.googleusercontent.com',
      GOOGLE_CLIENT_SECRET: 'hunter2',
      GOOGLE_ALLOWED: ' Bob@Elsewhere.example, @acme.example,example.org,acme.example',
      GOOGLE_ROLE: 'admin',
      GOOGLE_AUTHORIZATION_URL: 'http://localhost:8080/authorize',
      GOOGLE_TOKEN_URL: 'http://127.0.0.1:8080/token',
      GOOGLE_USERINFO_URL: 'http://[::1]:8080/userinfo',
      SESSION_IDLE: '1h',
      SESSION_LIFETIME: '1d',
      RATE_LIMIT: '0',
    };
    expect(read(env)).toEqual({
      logLevel: 'debug',
      home: '/var/distomon',
      configFileName: 'node-2.yml',
      roles: ['worker', 'api'],
      listen: { socket: '/srv/run/distomon.sock' },
      publicUrl: 'https://monitor.acme.example',
      databaseUrl: env.DATABASE_URL,
      redisUrl: env.REDIS_URL,
      trustProxy: 2,
      windowMs: 60_000,
      windowGraceMs: 5_000,
      retentionMs: { rows: 100 * DAY_MS, hours: null, days: null, events: 100 * DAY_MS },
      processLabel: 'fra-1',
      admin: { email: 'alice@acme.example', password: 'hunter2 hunter2 hunter2' },
      google: {
        clientId: '17.apps.googleusercontent.com',
        clientSecret: 'hunter2',
        allowed: { emails: ['bob@elsewhere.example'], domains: ['acme.example', 'example.org'] },
        role: 'admin',
        endpoints: {
          authorizationUrl: 'http://localhost:8080/authorize',
          tokenUrl: 'http://127.0.0.1:8080/token',
          userinfoUrl: 'http://[::1]:8080/userinfo',
        },
      },
      session: { idleMs: 3_600_000, lifetimeMs: DAY_MS },
      rateLimit: 0,
    });
  });

  it.each([
    ['127.0.0.1', '0'],
    ['127.9.9.9', '65535'],
    ['::1', '3000'],
    ['localhost', '80'],
    ['0.0.0.0', '3000'],
    ['::', '3000'],
    ['10.0.0.5', '3000'],
    ['box-1.example', '3000'],
  ])('listens on %s', (HOST, PORT) => {
    expect(read({ HOST, PORT }).listen).toEqual({ host: HOST, port: Number(PORT) });
  });

  it.each([
    ['the proxy in front of a socket', { LISTEN: '/run/d.sock' }, 1],
    ['as many proxies in front of a socket as it is told', { LISTEN: '/run/d.sock', TRUST_PROXY: '2' }, 2],
    ['nobody in front of a port', {}, 0],
  ])('believes %s', (_whom, env, trustProxy) => {
    expect(read(env).trustProxy).toBe(trustProxy);
  });

  it('takes a variable that is set to nothing for one that is not set', () => {
    expect(
      read({ PORT: '', LISTEN: '', DATABASE_URL: '', REDIS_URL_FILE: '', LOG_LEVEL: '', ADMIN_EMAIL: '' }),
    ).toEqual(read({}));
  });

  it.each([
    ['as long as the rows that are kept longer than that', '4000d', 4_000 * DAY_MS],
    ['for ever like the rows', '0', null],
    ['ten years beside rows of a month', '31d', 3_653 * DAY_MS],
  ])('keeps hours of which nothing is said %s', (_how, RETENTION_ROWS, hours) => {
    expect(read({ RETENTION_ROWS }).retentionMs.hours).toBe(hours);
  });

  it.each([
    { why: 'kept at the first start', env: { DISTOMON_HOME: 'kept' }, label: 'old-host' },
    { why: 'set', env: { DISTOMON_HOME: 'kept', PROCESS_LABEL: 'fra-1' }, label: 'fra-1' },
    { why: "of the host, for the file's is no name", env: { DISTOMON_HOME: 'damaged' }, label: 'Bob-s-Mac' },
    { why: 'of the host, for there is no file', env: { DISTOMON_HOME: 'fresh' }, label: 'Bob-s-Mac' },
  ])('takes the label that is $why', ({ env, label }) => {
    expect(read(env).processLabel).toBe(label);
  });

  it('reads a secret from the file that X_FILE names, without its line end', () => {
    expect(read({ DATABASE_URL_FILE: '/run/secrets/database' }).databaseUrl).toBe(
      'postgresql://bob:hunter2@db/distomon',
    );
  });

  it.each<[NodeJS.ProcessEnv, string]>([
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: "loud" is none of fatal, error, warn, info, debug, trace, silent'],
    [{ CONFIG_FILE_NAME: '../x.yml' }, 'CONFIG_FILE_NAME: "../x.yml" is no file name: write it without a directory'],
    [{ ROLES: 'api,wroker' }, 'ROLES: "wroker" is none of api, worker; did you mean worker?'],
    [{ ROLES: ',' }, 'ROLES: "" is none of api, worker'],
    [{ HOST: '10.0.0.300' }, 'HOST: "10.0.0.300" is neither a host name nor an IP address'],
    [{ HOST: '0.0.0.0:80' }, 'HOST: "0.0.0.0:80" is neither a host name nor an IP address'],
    [{ PORT: '65536' }, 'PORT: 65536 is no whole number from 0 to 65535'],
    [{ PORT: '0x50' }, 'PORT: "0x50" is no whole number'],
    [
      { LISTEN: '/run/d.sock', PORT: '80', HOST: '::1' },
      'LISTEN: names a socket, and HOST and PORT an address: keep one of them',
    ],
    [{ LISTEN: `/${'x'.repeat(103)}` }, 'LISTEN: is longer than 103 bytes'],
    [{ API_PROCESSES: '4' }, 'API_PROCESSES: "4" is not supported by this version'],
    [{ PUBLIC_URL: 'monitor.acme.example' }, 'PUBLIC_URL: "monitor.acme.example" is no URL'],
    [{ DATABASE_URL: 'mysql://bob:hunter2@db/x' }, 'DATABASE_URL: must begin with postgresql:// or postgres://'],
    [{ REDIS_URL: 'hunter2' }, 'REDIS_URL: is no URL: write it like redis://:password@host:6379/0'],
    [
      { DATABASE_URL: 'postgres://a/b', DATABASE_URL_FILE: '/run/secrets/database' },
      'DATABASE_URL_FILE: is set, and so is DATABASE_URL',
    ],
    [{ DATABASE_URL_FILE: '/nowhere' }, 'DATABASE_URL_FILE: names "/nowhere", which cannot be read (ENOENT)'],
    [{ REDIS_URL_FILE: '/run/secrets/empty' }, 'REDIS_URL_FILE: names "/run/secrets/empty", which is empty'],
    [{ REDIS_URL_FILE: '/run/secrets/broken' }, 'REDIS_URL_FILE: is no URL'],
    [{ TRUST_PROXY: 'true' }, 'TRUST_PROXY: "true" is no whole number from 0 to 10'],
    [
      { LISTEN: '/run/d.sock', TRUST_PROXY: '0' },
      'TRUST_PROXY: is 0, but LISTEN names a socket, where only a proxy knows who asks: leave it out or write 1',
    ],
    [{ WINDOW: '9s' }, 'WINDOW: "9s" is too short: at least 10s'],
    [{ WINDOW: '10' }, 'WINDOW: "10" is no duration'],
    [{ WINDOW_GRACE: '500ms' }, 'WINDOW_GRACE: "500ms" is too short: at least 1s'],
    [{ RETENTION_ROWS: '2d' }, 'RETENTION_ROWS: "2d" is too short: at least 31d; 0 keeps for ever'],
    [{ RETENTION_EVENTS: '1y' }, 'RETENTION_EVENTS: "1y" is no duration'],
    [
      { RETENTION_HOURS: '700d' },
      'RETENTION_HOURS: keeps hours (700d) shorter than RETENTION_ROWS keeps rows (761d), of which they are made',
    ],
    [{ RETENTION_ROWS: '0', RETENTION_HOURS: '9999d' }, 'RETENTION_HOURS: keeps hours (9999d) shorter than'],
    [
      { RETENTION_DAYS: '3652d' },
      'RETENTION_DAYS: keeps days (3652d) shorter than RETENTION_HOURS keeps hours (3653d), of which they are made',
    ],
    [{ RETENTION_ROWS: '40d', RETENTION_HOURS: '39' }, 'RETENTION_HOURS: "39" is no duration'],
    [{ PROCESS_LABEL: 'a:b' }, 'PROCESS_LABEL: "a:b" is no name'],
  ])('refuses %j', (env, problem) => {
    const lines = linesOf(env);
    expect(lines).toEqual([expect.stringContaining(problem)]);
    expect(lines.join()).not.toContain('hunter2');
  });

  it('names every problem at once and prints no secret', () => {
    const env = {
      PORT: 'x',
      WINDOW: 'y',
      DATABASE_URL: 'hunter2',
      REDIS_URL: 'http://:hunter2@cache',
      TRUST_PROXY: 'z',
    };
    expect(() => read(env)).toThrow(/^5 problems(?!.*hunter2)/s);
    expect(linesOf(env).map(line => line.split(':')[0])).toEqual([
      'PORT',
      'DATABASE_URL',
      'REDIS_URL',
      'TRUST_PROXY',
      'WINDOW',
    ]);
  });
});
