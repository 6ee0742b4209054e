import type { Clock } from '#config';
import type { AgentFacts, StoredMachine } from '#storage';
import type { ReadLimits } from '../monitor.ts';
import { sameFacts } from '../same-facts.ts';
import type { AgentApi, Latest } from './agent-api.ts';
import { chooseCharts, diskCharts } from './choose-charts.ts';
import { decideLearning, NOTHING_REMEMBERED, versionOfServer, type Remembered } from './decide-learning.ts';

const MAX_REMEMBERED = 20_000;
const MAX_DISK_CHARTS = 100;

/**
 * Learns what changes rarely about each agent (version, size, step) beside the probes, never in their way: a probe
 * stays one request, and what was learned is handed out with a later one.
 */
export class AgentMemory {
  readonly #api: AgentApi;
  readonly #clock: Clock;
  readonly #remembered = new Map<number, Remembered>();
  readonly #learning = new Map<number, Promise<void>>();

  constructor(api: AgentApi, clock: Clock) {
    this.#api = api;
    this.#clock = clock;
  }

  of(machine: StoredMachine): Remembered {
    return this.#remembered.get(machine.machineId) ?? NOTHING_REMEMBERED;
  }

  /** Takes note of what an answer shows, and asks the agent about itself when that is due, without waiting for it. */
  note(machine: StoredMachine, latest: Latest, limits: ReadLimits): void {
    const net = chooseCharts(latest.charts).net;
    if (net?.values.some(value => value !== null && value !== 0) === true) this.#update(machine, { sawTraffic: true });
    const remembered = this.of(machine);
    if (remembered.facts !== null) this.#update(machine, { facts: { ...remembered.facts, ...disksOf(latest) } });
    const version = versionOfServer(latest.answer.server);
    if (machine.netdata === null || this.#learning.has(machine.machineId)) return;
    if (decideLearning(remembered, version, this.#clock.now().getTime()) === null) return;
    const learning = this.#learn(machine, machine.netdata, latest, limits);
    this.#learning.set(machine.machineId, learning);
  }

  /** What is known now and not yet stored with the machine. */
  newsFor(machine: StoredMachine): AgentFacts | null {
    const { facts } = this.of(machine);
    return facts === null || (machine.agent !== null && sameFacts(facts, machine.agent)) ? null : facts;
  }

  /** Seconds with traffic were read in a window. */
  sawTraffic(machine: StoredMachine): void {
    this.#update(machine, { sawTraffic: true });
  }

  /** Resolves when nothing is being learned any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#learning.values());
  }

  async #learn(machine: StoredMachine, base: string, latest: Latest, limits: ReadLimits): Promise<void> {
    this.#update(machine, { askedAtMs: this.#clock.now().getTime() });
    const info = await this.#api.info(base, limits);
    const step = await this.#api.step(base, limits);
    if (info.ok) this.#update(machine, { facts: { ...info.value, ...disksOf(latest) } });
    if (step.ok) this.#update(machine, { stepSeconds: step.value });
    this.#learning.delete(machine.machineId);
  }

  #update(machine: StoredMachine, change: Partial<Remembered>): void {
    const merged = { ...this.of(machine), ...change };
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(machine.machineId, merged);
  }
}

/**
 * The disk charts come with every answer: `disk_space._` is the root mount before Netdata 2 and `disk_space./` after,
 * and the family names the mount in both.
 */
function disksOf(latest: Latest): Pick<AgentFacts, 'rootChart' | 'diskCharts'> {
  const ids = diskCharts(latest.charts).map(chart => chart.id);
  return {
    rootChart: chooseCharts(latest.charts).rootDisk?.id ?? null,
    diskCharts: ids.toSorted().slice(0, MAX_DISK_CHARTS),
  };
}
