import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./hold-database.ts', import.meta.url));
const RUNNER = fileURLToPath(new URL('../jobs/run-typescript.mjs', import.meta.url));

/** What the program printed when it got ready or failed. */
export interface HolderResult {
  readonly url?: string;
  readonly error?: { readonly code: string; readonly message: string };
  readonly logs: readonly string[];
}

/** How a program sees no process but its own, as in a container. When the first of these words is killed, so is all of it. */
export const IN_A_CONTAINER = ['unshare', '--pid', '--ipc', '--fork', '--mount-proc', '--kill-child'] as const;

/** Another process that starts an embedded PostgreSQL. */
export class DatabaseHolder {
  readonly child: ChildProcess;
  readonly result: Promise<HolderResult>;
  readonly #wrapped: boolean;

  constructor(dataDirectory: string, account: { uid?: number; gid?: number } = {}, wrapper: readonly string[] = []) {
    const [command, ...args] = [...wrapper, process.execPath, RUNNER, PROGRAM, dataDirectory];
    this.child = spawn(command, args, { ...account, cwd: '/', stdio: ['ignore', 'pipe', 'inherit'] });
    this.#wrapped = wrapper.length > 0;
    this.result = readResult(this.child);
  }

  /** A wrapper passes no signal on, it can only be killed. */
  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill(this.#wrapped ? 'SIGKILL' : signal);
    await exited;
  }
}

function readResult(child: ChildProcess): Promise<HolderResult> {
  return new Promise((resolve, reject) => {
    const logs: string[] = [];
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`the holder ended without a word: ${logs.join('; ')}`)));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', line => {
      const message = JSON.parse(line) as { log?: string };
      if (message.log === undefined) resolve({ ...(message as object), logs });
      else logs.push(message.log);
    });
  });
}
