import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Failure } from '../../support/failure.ts';
import type { Command, Reply } from './loop-child.ts';
import { INTERVAL_SECONDS, type Subject } from './subject.ts';

/** A bare undici loop. */
export class Loop implements Subject {
  readonly name = 'bare undici loop';
  readonly rest = 'loop';
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(agents: readonly string[], filter: string): Promise<Loop> {
    const loop = new Loop(fork(join(import.meta.dirname, 'loop-child.js'), { execArgv: ['--no-warnings'] }));
    const path = `/api/v1/allmetrics?format=json&filter=${encodeURIComponent(filter)}`;
    await loop.#ask({ do: 'read', origins: agents, path, everyMs: INTERVAL_SECONDS * 1000 });
    return loop;
  }

  roots(): readonly number[] {
    return [this.#child.pid ?? 0];
  }

  async reads(): Promise<number> {
    return (await this.#ask({ do: 'count' })).reads;
  }

  async valuesPerRead(): Promise<number> {
    return (await this.#ask({ do: 'count' })).values;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }

  async #ask(command: Command): Promise<Reply> {
    const replied = once(this.#child, 'message').then(([reply]) => reply as Reply);
    const ended = once(this.#child, 'exit').then(() => Promise.reject(new Failure('the undici loop has ended')));
    this.#child.send(command);
    return Promise.race([replied, ended]);
  }
}
