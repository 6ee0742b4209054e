import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import { SPARE_FILES } from '../open-files.ts';
import type { Command, Counts, Reply } from './agents-child.ts';

/** One of them is enough: each machine has an address of its own. */
const PORTS = [19_999, 19_998, 19_997, 29_999];

export interface AgentsPlan {
  readonly machines: number;
  /** Connections that each of them has to bear at a time. */
  readonly connectionsEach: number;
  /** Files that one process may open: they decide on the number of processes. */
  readonly openFiles: number;
}

/** Machines, each an origin of its own on loopback, in one process that answers for all, or as few as can be. */
export class Agents {
  readonly urls: readonly string[];
  readonly #children: readonly ChildProcess[];

  private constructor(children: readonly ChildProcess[], urls: readonly string[]) {
    this.#children = children;
    this.urls = urls;
  }

  static async start(plan: AgentsPlan): Promise<Agents> {
    const problems: string[] = [];
    for (const port of PORTS) {
      const agents = Agents.#fork(plan, port);
      const problem = await agents.#listen(plan, port);
      if (problem === null) return agents;
      problems.push(problem);
      await agents.stop();
    }
    throw new Failure(`${plan.machines} agents cannot listen on addresses of 127.0.0.0/8: ${problems.join('; ')}`);
  }

  static #fork({ machines, connectionsEach, openFiles }: AgentsPlan, port: number): Agents {
    const each = Math.floor((openFiles - SPARE_FILES) / (1 + connectionsEach));
    const children = Array.from({ length: Math.ceil(machines / each) }, () =>
      fork(join(import.meta.dirname, 'agents-child.js'), { execArgv: ['--no-warnings'] }),
    );
    const urls = Array.from({ length: machines }, (_, i) => `http://${addressOf(i + 1)}:${port}`);
    return new Agents(children, urls);
  }

  async #listen({ machines }: AgentsPlan, port: number): Promise<string | null> {
    const replies = this.#children.map((child, own) => {
      const addresses = Array.from({ length: machines }, (_, i) => addressOf(i + 1));
      const mine = addresses.filter((_, i) => i % this.#children.length === own);
      return ask(child, { do: 'listen', addresses: mine, port });
    });
    return (await Promise.all(replies)).flatMap(reply => ('problem' in reply ? [reply.problem] : []))[0] ?? null;
  }

  /** How often they were asked for something that they have no answer to. */
  async unknown(): Promise<number> {
    const counts = await Promise.all(this.#children.map(countsOf));
    return counts.reduce((sum, { unknown }) => sum + unknown, 0);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#children.map(end));
  }
}

/** 127.77.0.1 and on: every address of 127.0.0.0/8 is this machine. */
function addressOf(machine: number): string {
  return `127.77.${machine >> 8}.${machine & 255}`;
}

async function countsOf(child: ChildProcess): Promise<Counts> {
  const reply = await ask(child, { do: 'count' });
  if ('problem' in reply) throw new Failure(`the agents: ${reply.problem}`);
  return reply.counts;
}

async function ask(child: ChildProcess, command: Command): Promise<Reply> {
  const ended = once(child, 'exit').then((): Reply => ({ problem: 'their process has ended' }));
  const replied = once(child, 'message').then(([reply]) => reply as Reply);
  child.send(command);
  return Promise.race([replied, ended]);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
