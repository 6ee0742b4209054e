import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AgentProcess, type Streaming } from './agent-process.ts';
import { Cable } from './faults.ts';
import { until } from './host-command.ts';
import { agentNames, clusterNames, type AgentNames, type ClusterNames } from './names.ts';
import { AGENT_PORT } from './netdata-conf.ts';
import { createBridge, createNamespace, physicalDisk, recordedProcess, removeCluster } from './network.ts';
import { labRequirements } from './requirements.ts';
import { MOST_MACHINES } from './truth.ts';

export interface ClusterOptions {
  /** At most eight letters and digits; clusters of different names and subnets can stand side by side. */
  readonly name: string;
  /** The first three numbers of a /24 that nobody else uses, such as `10.77.0`. */
  readonly subnet: string;
  /** How many agents, at most eight. */
  readonly agents: number;
  /** How many of the agents after the first stream to it, so that they can be read at it as well. */
  readonly children?: number;
}

/** A real agent and the made-up machine it watches. */
export interface LabAgent {
  readonly name: string;
  /** From 1: which machine of the model (`truth.ts`) it is. */
  readonly index: number;
  readonly address: string;
  readonly url: string;
  readonly namespace: string;
}

interface Parts {
  readonly agent: LabAgent;
  readonly names: AgentNames;
  readonly process: AgentProcess;
  readonly cable: Cable;
}

/**
 * Makes real Netdata agents, each in a network namespace of its own, watching a machine whose every second is known.
 * Leftovers of an earlier cluster of this name are removed first. Resolves when every agent has values.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { name, subnet } = options;
  if (options.agents > MOST_MACHINES) throw new Error(`a cluster has at most ${MOST_MACHINES} agents`);
  const missing = await labRequirements();
  if (missing.length > 0) throw new Error(`this host cannot hold a lab: ${missing.join('; ')}`);
  const names = clusterNames(name, subnet);
  await untilUnused(names.directory);
  await removeCluster(name, subnet);
  await mkdir(names.directory, { recursive: true });
  await chmod(names.directory, 0o755);
  const keeper = await startKeeper(options, names.directory);
  const cluster = new Cluster(options, names, keeper);
  await cluster.build().catch(async (error: unknown) => {
    await cluster.down();
    throw error;
  });
  return cluster;
}

/** The keeper of a test that died ends within a second or two. One that stays has a living test, not to be disturbed. */
async function untilUnused(directory: string): Promise<void> {
  const what = `the lab in ${directory}, which another test is using`;
  await until(what, 10_000, async () => ((await recordedProcess(directory, 'keeper.pid')) === null ? true : null));
}

/** Starts the process that feeds the agents and cleans up should this one die. */
async function startKeeper({ name, subnet, agents }: ClusterOptions, directory: string): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'keeper.ts');
  const argumentsOfIt = [name, subnet, await physicalDisk(), String(agents), directory];
  const keeper = fork(script, argumentsOfIt, { detached: true, execArgv: ['--no-warnings'], env: {} });
  const [said] = (await Promise.race([once(keeper, 'message'), once(keeper, 'exit')])) as unknown[];
  if (said !== 'ready') throw new Error(`the keeper of the lab ${name} ended at its start`);
  return keeper;
}

/** Machines under glass. Every fault is undone by {@link Cluster.clear}, everything by `down`. */
export class Cluster {
  readonly agents: readonly LabAgent[];
  /** The root namespace's end of the bridge: agents answer it, unless told to deny it. */
  readonly gateway: string;
  readonly #options: ClusterOptions;
  readonly #names: ClusterNames;
  readonly #keeper: ChildProcess;
  readonly #parts: readonly Parts[];

  constructor(options: ClusterOptions, names: ClusterNames, keeper: ChildProcess) {
    this.#options = options;
    this.#names = names;
    this.#keeper = keeper;
    this.gateway = names.gateway;
    this.#parts = Array.from({ length: options.agents }, (_, at) => partsOf(options, names, at + 1));
    this.agents = this.#parts.map(({ agent }) => agent);
  }

  /** Used by {@link startCluster} only. */
  async build(): Promise<void> {
    await createBridge(this.#names);
    for (const { names, process } of this.#parts) {
      await createNamespace(this.#names, names);
      await process.prepare();
    }
    await Promise.all(this.#parts.map(({ process }) => process.start()));
    await Promise.all(this.agents.map(agent => this.untilItHasValues(agent)));
  }

  /** Waits until the agent answers with values, so for the second second after its start. */
  async untilItHasValues(agent: LabAgent): Promise<void> {
    await until(`${agent.name} to have values`, 20_000, () => hasValues(agent));
  }

  /** SIGKILL: connections are refused, and the last half hour of its memory is lost. */
  async kill(agent: LabAgent): Promise<void> {
    await this.#of(agent).process.kill();
  }

  /** SIGTERM: it ends and keeps what it knew. Resolves when it is gone, some seconds later. */
  async stop(agent: LabAgent): Promise<void> {
    await this.#of(agent).process.stop();
  }

  /** Starts it again. Resolves when it has values, or, when it does not have us on its list, when it listens. */
  async start(agent: LabAgent): Promise<void> {
    const { process } = this.#of(agent);
    await process.start();
    if (process.allowsGateway) await this.untilItHasValues(agent);
  }

  /**
   * Takes from an agent that was killed or stopped what it has kept on its disk: all of it, or its seconds alone, as if
   * they were past their retention.
   */
  async forget(agent: LabAgent, what: 'seconds' | 'everything'): Promise<void> {
    await this.#of(agent).process.forget(what);
  }

  /** SIGSTOP: connections are accepted, nothing is answered. */
  freeze(agent: LabAgent): Promise<void> {
    return this.#of(agent).process.freeze();
  }

  thaw(agent: LabAgent): void {
    this.#of(agent).process.thaw();
  }

  /** Unplugs its cable: nothing answers, and after three seconds the kernel says that there is no way to it. */
  async linkDown(agent: LabAgent): Promise<void> {
    await this.#of(agent).cable.unplug();
  }

  async linkUp(agent: LabAgent): Promise<void> {
    await this.#of(agent).cable.plugIn();
  }

  /** Loses `percent` (a whole number below 100) of its frames, each way. */
  async loss(agent: LabAgent, percent: number): Promise<void> {
    await this.#of(agent).cable.lose(percent);
  }

  /** Every frame to it and from it takes `ms` longer, so a round trip twice that. */
  async delay(agent: LabAgent, ms: number): Promise<void> {
    await this.#of(agent).cable.slowDown(ms);
  }

  /** Takes the gateway off its list: it accepts a connection and closes it without a byte. Restarts it. */
  async deny(agent: LabAgent): Promise<void> {
    await this.#restartAllowing(agent, false);
  }

  /** Undoes every fault of this agent and waits until it has values again. */
  async clear(agent: LabAgent): Promise<void> {
    const { process, cable } = this.#of(agent);
    process.thaw();
    await cable.repair();
    if (!process.allowsGateway) await this.#restartAllowing(agent, true);
    else if (!process.running) await process.start();
    await this.untilItHasValues(agent);
  }

  async #restartAllowing(agent: LabAgent, allowed: boolean): Promise<void> {
    const { process } = this.#of(agent);
    await process.stop();
    process.setAllowsGateway(allowed);
    await process.start();
  }

  /**
   * The paths, with their queries and as they read when decoded, that this agent was asked for since it was made, oldest
   * first. A request is there some moments after its answer. One that it denied or never saw is not.
   */
  async requestsTo(agent: LabAgent, pattern: RegExp = /./): Promise<string[]> {
    const log = await readFile(join(this.#of(agent).names.directory, 'log/access.log'), 'utf8').catch(() => '');
    return parseAccessLog(log).filter(path => pattern.test(path));
  }

  /** Removes everything from the host. Safe to call twice. */
  async down(): Promise<void> {
    await removeCluster(this.#options.name, this.#options.subnet);
    if (this.#keeper.connected) this.#keeper.disconnect();
  }

  #of(agent: LabAgent): Parts {
    const found = this.#parts.find(parts => parts.agent === agent);
    if (!found) throw new Error(`${agent.name} is no agent of the cluster ${this.#options.name}`);
    return found;
  }
}

function partsOf(options: ClusterOptions, cluster: ClusterNames, index: number): Parts {
  const names = agentNames(options.name, options.subnet, index);
  const { address, namespace } = names;
  return {
    names,
    agent: { name: names.name, index, address, namespace, url: `http://${address}:${AGENT_PORT}` },
    process: new AgentProcess(names, index, cluster.gateway, streamingOf(options, index)),
    cable: new Cable(cluster, names),
  };
}

/** The first agent is the parent of those right after it. */
function streamingOf({ name, subnet, children = 0 }: ClusterOptions, index: number): Streaming {
  const addressOf = (other: number): string => agentNames(name, subnet, other).address;
  const own = index === 1 ? Array.from({ length: children }, (_, at) => addressOf(at + 2)) : [];
  return { children: own, parent: index > 1 && index <= children + 1 ? addressOf(1) : null };
}

async function hasValues({ url }: LabAgent): Promise<true | null> {
  const charts = ['system.cpu', 'system.ram', 'system.net', 'system.io', 'system.uptime'];
  const path = `/api/v1/allmetrics?format=json&filter=${charts.join('%20')}`;
  try {
    const answer = await fetch(url + path, { signal: AbortSignal.timeout(1000) });
    // A chart is listed a second before it has its first sample, with a time of 0.
    const known = (await answer.json()) as Record<string, { last_updated: number }>;
    return charts.every(chart => (known[chart]?.last_updated ?? 0) > 0) ? true : null;
  } catch {
    return null; // it is starting, or busy: it is asked again
  }
}

/** Netdata writes one line a request, with the path and its query in the last quotes. */
export function parseAccessLog(text: string): string[] {
  return [...text.matchAll(/'(\/[^']*)'\s*$/gm)].map(([, path = '']) => path);
}
