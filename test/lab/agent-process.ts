import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accepts, run, until } from './host-command.ts';
import type { AgentNames } from './names.ts';
import { AGENT_PORT, renderNetdataConf, renderStreamConf } from './netdata-conf.ts';
import { VOLUME_BYTES, volumeUsedBytes } from './truth.ts';

const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 20_000;

/** With whom an agent shares what it sees, by address. */
export interface Streaming {
  /** Those that stream to it. */
  readonly children: readonly string[];
  /** To whom it streams. */
  readonly parent: string | null;
}

/** One real Netdata agent in its namespace. */
export class AgentProcess {
  readonly #names: AgentNames;
  readonly #index: number;
  readonly #gateway: string;
  readonly #streaming: Streaming;
  #process: ChildProcess | null = null;
  #allowsGateway = true;

  constructor(names: AgentNames, index: number, gateway: string, streaming: Streaming) {
    this.#names = names;
    this.#index = index;
    this.#gateway = gateway;
    this.#streaming = streaming;
  }

  get running(): boolean {
    return this.#process !== null && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  get allowsGateway(): boolean {
    return this.#allowsGateway;
  }

  /** Who may ask from the next start on: the root namespace as well, or nobody. */
  setAllowsGateway(allows: boolean): void {
    this.#allowsGateway = allows;
  }

  /** Makes its directories, owned by the user it runs as. Its identity is fixed, so that it survives new directories. */
  async prepare(): Promise<void> {
    const { directory } = this.#names;
    const owner = { uid: Number(await run('id', '-u', 'netdata')), gid: Number(await run('id', '-g', 'netdata')) };
    for (const part of ['', 'etc', 'cache', 'lib', 'lib/registry', 'log', 'home', 'volume']) {
      await mkdir(join(directory, part), { recursive: true });
      await chown(join(directory, part), owner.uid, owner.gid);
    }
    await chmod(directory, 0o755);
    await writeFile(join(directory, 'etc/.opt-out-from-anonymous-statistics'), '');
    const identity = `00000000-0000-4000-8000-${this.#names.address.split('.').map(pad).join('')}`;
    await writeFile(join(directory, 'lib/registry/netdata.public.unique.id'), identity);
  }

  /** Takes from it, while it does not run, what it has kept: its seconds, or all of it. */
  async forget(what: 'seconds' | 'everything'): Promise<void> {
    if (this.running) throw new Error(`${this.#names.name} is running`);
    const { directory } = this.#names;
    await rm(join(directory, what === 'seconds' ? 'cache/dbengine' : 'cache'), { recursive: true });
    await this.prepare();
  }

  /** Starts it and waits until it listens. */
  async start(): Promise<void> {
    if (this.running) throw new Error(`${this.#names.name} is running already`);
    const { directory, namespace } = this.#names;
    const allowed = this.#allowsGateway ? [this.#gateway] : [];
    const { children, parent } = this.#streaming;
    await writeFile(join(directory, 'etc/netdata.conf'), renderNetdataConf({ agent: this.#names, allowed, children }));
    await writeFile(join(directory, 'etc/stream.conf'), renderStreamConf(children, parent));
    const log = openSync(join(directory, 'log/stdout.log'), 'a');
    // A group of its own: what a terminal sends to the test must not reach it before it is cleaned up.
    this.#process = spawn(
      'ip',
      ['netns', 'exec', namespace, 'sh', '-c', START_SCRIPT, 'start', ...this.#startArguments()],
      {
        detached: true,
        stdio: ['ignore', log, log],
      },
    );
    closeSync(log);
    await until(`${this.#names.name} to listen`, START_TIMEOUT_MS, () => this.#listens());
  }

  #startArguments(): string[] {
    const { directory } = this.#names;
    const sizes = [VOLUME_BYTES, volumeUsedBytes(this.#index)].map(String);
    return [join(directory, 'volume'), ...sizes, join(directory, 'etc/netdata.conf'), join(directory, 'netdata.pid')];
  }

  async #listens(): Promise<true | null> {
    if (!this.running) throw new Error(`${this.#names.name} ended at its start; see ${this.#names.directory}/log`);
    return accepts(this.#names.address, AGENT_PORT);
  }

  /** SIGTERM: it writes its memory to disk and ends, which takes some seconds. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** SIGKILL: what it had not written is lost. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const ended = this.#process;
    if (!ended || !this.running) return;
    ended.kill('SIGCONT');
    const gone = new Promise(resolve => ended.once('exit', resolve));
    ended.kill(signal);
    const impatience = setTimeout(() => ended.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await gone;
    clearTimeout(impatience);
    this.#process = null;
  }

  /**
   * It keeps its socket and answers nothing; the kernel still accepts connections in its name. Resolves when all of its
   * threads stand still: a signal takes its time to reach each.
   */
  async freeze(): Promise<void> {
    const pid = this.#process?.pid;
    if (pid === undefined) return;
    process.kill(pid, 'SIGSTOP');
    while (!threadsOf(pid).every(thread => thread === 'T')) await new Promise(resolve => setTimeout(resolve, 5));
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }
}

/**
 * `ip netns exec` gives a mount namespace of its own, so the volume is there for this agent only and goes when it does.
 * `exec` all the way down: the process that was spawned is the agent.
 */
const START_SCRIPT = `
  mount -t tmpfs -o "size=$2,mode=755" lab "$1" &&
  head -c "$3" /dev/zero > "$1/filled" &&
  exec netdata -D -c "$4" -P "$5"`;

function pad(part: string): string {
  return part.padStart(3, '0');
}

/** The state of each thread of a process, as the kernel names it; `T`: stopped. */
function threadsOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/task`).map(thread => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  });
}
