import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../support/failure.ts';

const READY_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;

export interface Launch {
  readonly command: string;
  /** How a person gets it. */
  readonly install: string;
  readonly args: (place: { readonly directory: string; readonly port: number }) => Promise<readonly string[]>;
  readonly isReady: (port: number) => Promise<boolean>;
}

/**
 * A program of the system that listens on a free port of loopback and keeps its files in a directory of its own. It ends
 * with this process, even when that is killed: the kernel is told so by `setpriv` of util-linux, which becomes it.
 */
export class Program {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #directory: string;

  private constructor(child: ChildProcess, directory: string, port: number) {
    this.#child = child;
    this.#directory = directory;
    this.port = port;
  }

  static async start({ command, install, args, isReady }: Launch): Promise<Program> {
    const directory = await mkdtemp(join(tmpdir(), `distomon-bench-${command}-`));
    const port = await freePort();
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...(await args({ directory, port }))], {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const program = new Program(child, directory, port);
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
    const missing = once(child, 'error').then(([error]) => (error as Error).message);
    const ready = program.#untilReady(isReady);
    const problem = await Promise.race([ready, missing]);
    if (problem === null) return program;
    await program.stop();
    throw new Failure(`${command} does not start (${problem}). ${said}\nIs it installed? ${install}`);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async stop(): Promise<void> {
    if (this.#child.pid !== undefined && !this.#ended) {
      const gone = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      const impatience = setTimeout(() => this.#child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await gone;
      clearTimeout(impatience);
    }
    await rm(this.#directory, { recursive: true, force: true });
  }

  get #ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async #untilReady(isReady: Launch['isReady']): Promise<string | null> {
    const deadline = performance.now() + READY_TIMEOUT_MS;
    while (!(await isReady(this.port).catch(() => false))) {
      if (this.#ended) return 'it ended at once';
      if (performance.now() > deadline) return 'it does not get ready';
      await sleep(50);
    }
    return null;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Failure('there is no free port on 127.0.0.1');
  return address.port;
}
