import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../libs/storage/src/embedded/embedded-postgres.ts';
import {
  identifyProcess,
  isRunning,
  type ProcessIdentity,
} from '../../../libs/storage/src/embedded/process-identity.ts';
import { DatabaseHolder, IN_A_CONTAINER } from './database-holder.ts';

const IS_ROOT = process.getuid?.() === 0;

let parent: string;
let home: string;
let logs: string[];
const running: EmbeddedPostgres[] = [];
const holders: DatabaseHolder[] = [];

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'distomon embedded '));
  chmodSync(parent, 0o755);
  home = join(parent, 'postgres');
  logs = [];
});

afterEach(async () => {
  for (const holder of holders.splice(0)) await holder.end('SIGTERM');
  for (const postgres of running.splice(0)) await postgres.stop('immediate');
  // The server of a container that was killed may still be ending.
  rmSync(parent, { recursive: true, force: true, maxRetries: 10 });
});

async function start(signal?: AbortSignal): Promise<EmbeddedPostgres> {
  const log = (line: string): void => void logs.push(line);
  const postgres = await startEmbeddedPostgres({ dataDirectory: home, fast: true, log, signal });
  running.push(postgres);
  return postgres;
}

function hold(account: { uid?: number; gid?: number } = {}, wrapper: readonly string[] = []): DatabaseHolder {
  const holder = new DatabaseHolder(home, account, wrapper);
  holders.push(holder);
  return holder;
}

async function query(url: string, sql: string): Promise<unknown[][]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

function postmasterPid(directory = home): number {
  return Number.parseInt(readFileSync(join(directory, 'cluster', 'postmaster.pid'), 'utf8'), 10);
}

function ownerFiles(): string[] {
  return readdirSync(home).filter(name => name.startsWith('owner-'));
}

/** The processes that this one started, and those that they did. */
function familyOf(pid: number): ProcessIdentity[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  const identity = identifyProcess(pid);
  return [...(identity === null ? [] : [identity]), ...children.flatMap(child => familyOf(Number(child)))];
}

/** Makes the next start take ten minutes: the server asks for log segments that come slowly. */
function slowRecoveryDown(): void {
  const cluster = join(home, 'cluster');
  appendFileSync(join(cluster, 'postgresql.auto.conf'), "restore_command = 'sleep 600'\n");
  writeFileSync(join(cluster, 'recovery.signal'), '');
  const { uid, gid } = statSync(cluster);
  chownSync(join(cluster, 'recovery.signal'), uid, gid);
}

async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise(resolve => setTimeout(resolve, 25));
    }
  }
}

describe('a first start', () => {
  test('makes a database that needs a password and answers on the loopback only', async () => {
    const { url } = await start();
    expect(url).toMatch(/^postgres:\/\/distomon:[\w-]{32}@127\.0\.0\.1:\d+\/distomon$/);
    const settings = `select current_setting('listen_addresses'), current_setting('unix_socket_directories'),
      current_setting('jit'), current_setting('max_connections'), current_setting('server_version_num')::int / 10000`;
    expect(await query(url, settings)).toEqual([['127.0.0.1', '', 'off', '60', 18]]);
    await expect(query(url.replace(/:[\w-]{32}@/, ':wrong@'), 'select 1')).rejects.toThrow(
      'password authentication failed',
    );
    expect(statSync(join(home, 'cluster', 'distomon.password')).mode & 0o777).toBe(0o600);
  });

  test('leaves no process behind when it is stopped, and stopping twice is allowed', async () => {
    const postgres = await start();
    const pid = postmasterPid();
    await postgres.stop();
    expect(identifyProcess(pid)).toBeNull();
    await postgres.stop();
  });

  test('begins again where a killed one was interrupted', async () => {
    mkdirSync(join(home, 'cluster.draft'), { recursive: true });
    writeFileSync(join(home, 'cluster.draft', 'PG_VERSION'), '18\n');
    chmodSync(home, 0o755);
    expect(await query((await start()).url, 'select 1')).toEqual([[1]]);
    expect(existsSync(join(home, 'cluster.draft'))).toBe(false);
  });
});

describe('a later start', () => {
  test('finds the data, on the same port', async () => {
    const first = await start();
    await query(first.url, 'create table kept (id int)');
    await first.stop();
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select count(*)::int from kept')).toEqual([[0]]);
  });

  test('takes another port when its own has been taken', async () => {
    const first = await start();
    await first.stop();
    const blocker = createServer();
    await new Promise<void>(resolve => blocker.listen(Number(new URL(first.url).port), '127.0.0.1', resolve));
    try {
      const second = await start();
      expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
      expect(await query(second.url, 'select 1')).toEqual([[1]]);
    } finally {
      await new Promise(resolve => blocker.close(resolve));
    }
  });

  test('refuses the directory of another major version and says what to do', async () => {
    await (await start()).stop();
    writeFileSync(join(home, 'cluster', 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toMatchObject({
      code: 'EMBEDDED_OTHER_MAJOR',
      message: expect.stringMatching(/PostgreSQL 17; .* PostgreSQL 18.*pg_dump/s),
    });
  });

  test('is not hindered by a dead server whose number another process has now', async () => {
    await (await start()).stop();
    writeFileSync(
      join(home, 'cluster', 'postmaster.pid'),
      `${process.pid}\n${home}/cluster\n1\n5432\n\n127.0.0.1\n0 0\nready   \n`,
    );
    expect(await query((await start()).url, 'select 1')).toEqual([[1]]);
  });
});

describe('ownership', () => {
  test('a second owner is refused and told who the first one is', async () => {
    const postgres = await start();
    await expect(start()).rejects.toMatchObject({
      code: 'EMBEDDED_OWNED',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    expect(await query(postgres.url, 'select 1')).toEqual([[1]]);
  });

  test('of two processes that start at once one gets it', async () => {
    const results = await Promise.all([hold().result, hold().result, hold().result]);
    expect(results.filter(result => result.url !== undefined)).toHaveLength(1);
    expect(results.filter(result => result.error?.code === 'EMBEDDED_OWNED')).toHaveLength(2);
  });

  test('the number of a dead owner, given to another process, does not keep it owned', async () => {
    await (await start()).stop();
    writeFileSync(join(home, 'owner-4.json'), JSON.stringify({ pid: process.pid, startedAt: 'another boot/1' }));
    expect(await query((await start()).url, 'select 1')).toEqual([[1]]);
    expect(existsSync(join(home, 'owner-4.json'))).toBe(false);
  });

  test('the number of an owner is never given again, so that two can never hold the same', async () => {
    await (await start()).stop();
    expect(ownerFiles()).toEqual(['owner-1.json']);
    await (await start()).stop();
    expect(ownerFiles()).toEqual(['owner-2.json']);
  });

  test('an owner shows every few seconds that it lives', async () => {
    await start();
    const touched = (): number => statSync(join(home, 'owner-1.json')).mtimeMs;
    const before = touched();
    const content = readFileSync(join(home, 'owner-1.json'), 'utf8');
    await eventually(async () => expect(touched()).toBeGreaterThan(before));
    expect(readFileSync(join(home, 'owner-1.json'), 'utf8')).toBe(content);
  });
});

describe.runIf(IS_ROOT)('ownership across containers that share a volume', () => {
  test('a living owner in another one is seen, and its server is left alone', async () => {
    const { url = '' } = await hold({}, IN_A_CONTAINER).result;
    const files = [join(home, 'cluster', 'postmaster.pid'), join(home, 'owner-1.json')];
    const before = files.map(path => readFileSync(path, 'utf8'));
    await expect(start()).rejects.toMatchObject({
      code: 'EMBEDDED_OWNED',
      message: expect.stringMatching(/in use by process \d+ in another container or machine/),
    });
    expect(files.map(path => readFileSync(path, 'utf8'))).toEqual(before);
    expect(await query(url, 'select 1')).toEqual([[1]]);
  });

  test('an owner outside is seen from within', async () => {
    const postgres = await start();
    expect(await hold({}, IN_A_CONTAINER).result).toMatchObject({ error: { code: 'EMBEDDED_OWNED' } });
    expect(await query(postgres.url, 'select 1')).toEqual([[1]]);
  });

  test.each([
    ['has not shown itself for long', -60],
    ['was killed just now, once that is sure', 0],
    ['showed itself in a future that the clock was set back from', 3_600],
  ])('an owner in another one that %s is followed by the next', { timeout: 60_000 }, async (_title, ageSeconds) => {
    const holder = hold({}, IN_A_CONTAINER);
    const { url = '' } = await holder.result;
    await query(url, 'create table kept (id int)');
    await holder.end('SIGKILL');
    await eventually(() => expect(query(url, 'select 1')).rejects.toThrow('ECONNREFUSED'));
    const shown = Date.now() / 1000 + ageSeconds;
    utimesSync(join(home, 'owner-1.json'), shown, shown);
    expect(await query((await start()).url, 'select count(*)::int from kept')).toEqual([[0]]);
  });

  test('waiting for an owner to show itself ends when it is told to', async () => {
    const holder = hold({}, IN_A_CONTAINER);
    await holder.result;
    await holder.end('SIGKILL');
    await expect(start(AbortSignal.timeout(50))).rejects.toThrow('timeout');
  });
});

describe.runIf(process.platform === 'linux')('a start that is given up', () => {
  test('while the server recovers leaves no process behind, and the next one succeeds', async () => {
    await (await start()).stop();
    slowRecoveryDown();
    const abort = new AbortController();
    const starting = start(abort.signal);
    const outcome = starting.catch((error: unknown) => error);
    const family = await eventually(async () => {
      const found = familyOf(postmasterPid());
      expect(found.some(({ pid }) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('sleep'))).toBe(true);
      return found;
    });
    abort.abort(new Error('enough'));
    expect(await outcome).toEqual(new Error('enough'));
    await eventually(async () => expect(family.filter(isRunning)).toEqual([]));
    rmSync(join(home, 'cluster', 'recovery.signal'));
    expect(await query((await start()).url, 'select 1')).toEqual([[1]]);
  });

  test('while it waits for a server that a killed owner left recovering stops that server', async () => {
    const holder = hold();
    await holder.result;
    await holder.end('SIGTERM');
    slowRecoveryDown();
    const second = hold();
    const result = second.result.catch((error: unknown) => error);
    const pid = await eventually(async () => {
      expect(familyOf(postmasterPid()).length).toBeGreaterThan(1);
      return postmasterPid();
    });
    await second.end('SIGKILL');
    expect(String(await result)).toContain('ended without a word');
    await expect(start(AbortSignal.timeout(200))).rejects.toThrow('timeout');
    expect(identifyProcess(pid)).toBeNull();
  });

  test('before it began makes nothing run', async () => {
    await expect(start(AbortSignal.abort(new Error('never mind')))).rejects.toThrow('never mind');
    expect(existsSync(join(home, 'cluster', 'postmaster.pid'))).toBe(false);
  });

  test('an abort after the start changes nothing', async () => {
    const abort = new AbortController();
    const { url } = await start(abort.signal);
    abort.abort();
    expect(await query(url, 'select 1')).toEqual([[1]]);
  });
});

describe('after a kill -9', () => {
  test('of the server, it runs again at the same address with every committed row, and says so', async () => {
    const { url } = await start();
    await query(url, 'create table kept (id int)');
    await query(url, 'insert into kept select generate_series(1, 1000)');
    const killed = postmasterPid();
    process.kill(killed, 'SIGKILL');
    expect(await eventually(() => query(url, 'select count(*)::int from kept'))).toEqual([[1000]]);
    expect(postmasterPid()).not.toBe(killed);
    await eventually(async () => expect(logs).toContain(`PostgreSQL runs again on port ${new URL(url).port}.`));
    expect(logs).toContain('PostgreSQL died: it was ended by SIGKILL. Starting it again.');
  });

  test('of its owner, the next owner adopts the server that was left running, watches it and stops it', async () => {
    const holder = hold();
    const { url } = await holder.result;
    const pid = postmasterPid();
    await holder.end('SIGKILL');
    const adopted = await start();
    expect(adopted.url).toBe(url);
    expect(postmasterPid()).toBe(pid);
    process.kill(pid, 'SIGKILL');
    await eventually(() => query(adopted.url, 'select 1'));
    const restarted = await eventually(async () => {
      expect(logs.at(-1)).toContain('runs again');
      return postmasterPid();
    });
    await adopted.stop();
    expect(identifyProcess(restarted)).toBeNull();
  });

  test('of its owner, and then of the server while the next owner adopts it, it is started again', async () => {
    const holder = hold();
    await holder.result;
    const pid = postmasterPid();
    process.kill(pid, 'SIGSTOP');
    await holder.end('SIGKILL');
    const starting = start().catch((error: unknown) => error as Error);
    await eventually(async () => expect(logs.join()).toContain('Adopted'));
    process.kill(pid, 'SIGKILL');
    expect(await starting).toMatchObject({ url: expect.stringContaining('127.0.0.1') });
    expect(postmasterPid()).not.toBe(pid);
  });

  test('of both, the next start recovers', async () => {
    const holder = hold();
    const { url = '' } = await holder.result;
    await query(url, 'create table kept (id int)');
    const pid = postmasterPid();
    await holder.end('SIGKILL');
    process.kill(pid, 'SIGKILL');
    expect(await query((await start()).url, 'select count(*)::int from kept')).toEqual([[0]]);
  });

  test('stopping while it is being started again leaves nothing behind', async () => {
    const postgres = await start();
    process.kill(postmasterPid(), 'SIGKILL');
    await eventually(async () => expect(logs.join()).toContain('PostgreSQL died'));
    await postgres.stop();
    expect(logs.join()).not.toContain('runs again');
    expect(existsSync(join(home, 'cluster', 'postmaster.pid')) && identifyProcess(postmasterPid())).toBeFalsy();
  });
});

describe.runIf(IS_ROOT)('started by root', () => {
  test('the server runs as nobody', async () => {
    await start();
    expect(statSync(`/proc/${postmasterPid()}`).uid).toBe(65_534);
  });

  test('where nobody cannot enter, the database goes to /var/lib/distomon, says so, and is found again', async () => {
    chmodSync(parent, 0o700);
    const first = await start();
    const place = readFileSync(join(home, 'moved-to.txt'), 'utf8').split('\n')[0] ?? '';
    try {
      expect(place).toMatch(/^\/var\/lib\/distomon\/[0-9a-f]{16}$/);
      expect(logs.join()).toContain(`kept in ${place}, not in ${home}`);
      await query(first.url, 'create table kept (id int)');
      await first.stop();
      chmodSync(parent, 0o755);
      const second = await start();
      expect(await query(second.url, 'select count(*)::int from kept')).toEqual([[0]]);
      await second.stop();
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
    await expect(start()).rejects.toMatchObject({ code: 'EMBEDDED_MISPLACED' });
  });

  test('a database that exists is not left behind when its place gets closed', async () => {
    await (await start()).stop();
    chmodSync(parent, 0o700);
    await expect(start()).rejects.toMatchObject({ code: 'EMBEDDED_UNREACHABLE' });
  });
});

describe.runIf(IS_ROOT)('started by an ordinary user', () => {
  const ORDINARY = { uid: 65_534, gid: 65_534 };

  test('the server runs as that user, and root can go on with the data afterwards', async () => {
    chmodSync(parent, 0o777);
    const holder = hold(ORDINARY);
    const { url = '' } = await holder.result;
    await query(url, 'create table kept (id int)');
    expect(statSync(join(home, 'cluster')).uid).toBe(ORDINARY.uid);
    await holder.end('SIGTERM');
    const postgres = await start();
    expect(await query(postgres.url, 'select count(*)::int from kept')).toEqual([[0]]);
  });

  test('a user the system has no name for is told to set DATABASE_URL', async () => {
    chmodSync(parent, 0o777);
    expect(await hold({ uid: 54_321, gid: 54_321 }).result).toMatchObject({ error: { code: 'EMBEDDED_UNKNOWN_UID' } });
  });

  test("another user's database is refused by name", async () => {
    await (await start()).stop();
    chmodSync(home, 0o777);
    expect(await hold({ uid: 1, gid: 1 }).result).toMatchObject({ error: { code: 'EMBEDDED_OTHER_USER' } });
  });
});
