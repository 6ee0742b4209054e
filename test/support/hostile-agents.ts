import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { HostileKind } from './agents/behaviours.ts';
import type { AgentPlan, Command, Fault, Reply } from './agents/server.ts';
import { projectOf } from './project-root.ts';

export type { HostileKind } from './agents/behaviours.ts';
export { truthOf } from './agents/truth.ts';
export type { Fault } from './agents/server.ts';

/** The source itself: benchmarks are compiled, what the agents read is not. */
const SERVER = join(projectOf(import.meta.dirname), 'test/support/agents/server.ts');

/** Agents that run in a process of their own, so that what they allocate is not counted with ours. */
export interface RunningAgents {
  /** Base URLs, in the order of the machines. */
  readonly urls: readonly string[];
  /** Requests answered so far, by command (`allmetrics`, `data`, `info`, `chart`). */
  requests(): Promise<Readonly<Record<string, number>>>;
  /** Makes one machine (counted from 0) misbehave, or (`null`) well again. */
  setFault(machine: number, fault: Fault | null): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Healthy agents: they answer like Netdata 1.37 and their values are `truthOf(machine, second)` in every answer.
 *
 * @param options.ports `one` (default): all behind one port as `/host/mN`, thousands are cheap; `each`: a port for each.
 */
export function startFakeAgents(options: { count: number; ports?: 'one' | 'each' }): Promise<RunningAgents> {
  const agents = Array.from({ length: options.count }, (_, machine) => ({ machine, fault: null }));
  return startAgents(agents, options.ports ?? 'one');
}

/** One agent for each kind of misbehaviour, each on its own port. */
export function startHostileAgents(
  kinds: readonly HostileKind[],
  on: Fault['on'] = 'everything',
): Promise<RunningAgents> {
  return startAgents(
    kinds.map((kind, machine) => ({ machine, fault: { kind, on } })),
    'each',
  );
}

async function startAgents(agents: readonly AgentPlan[], ports: 'one' | 'each'): Promise<RunningAgents> {
  const child = fork(SERVER, [], { execArgv: [] });
  const ask = asker(child);
  const reply = await ask({ do: 'listen', agents, ports });
  return {
    urls: 'urls' in reply ? reply.urls : [],
    requests: async () => {
      const counted = await ask({ do: 'count' });
      return 'requests' in counted ? counted.requests : {};
    },
    setFault: async (machine, fault) => void (await ask({ do: 'fault', machine, fault })),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

type WithoutId<C> = C extends unknown ? Omit<C, 'id'> : never;

function asker(child: ChildProcess): (command: WithoutId<Command>) => Promise<Reply> {
  let lastId = 0;
  return command =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      const onMessage = (reply: Reply): void => {
        if (reply.id !== id) return;
        settle();
        resolve(reply);
      };
      const onExit = (): void => {
        settle();
        reject(new Error('the agents process ended'));
      };
      const settle = (): void => {
        child.off('message', onMessage);
        child.off('exit', onExit);
      };
      child.on('message', onMessage);
      child.on('exit', onExit);
      child.send({ id, ...command });
    });
}
