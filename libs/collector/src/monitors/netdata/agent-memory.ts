import type { Clock } from '#config';
import type { AgentFacts, StoredMachine } from '#storage';
import type { AgentTarget } from '../../reading/agent-target.ts';
import type { ReadLimits } from '../monitor.ts';
import { sameFacts } from '../same-facts.ts';
import type { AgentApi, Latest } from './agent-api.ts';
import { diskCharts } from './choose-charts.ts';
import { decideLearning, NOTHING_REMEMBERED, versionOfServer, type Remembered } from './decide-learning.ts';
import { findChart, type ExtraCharts } from './extra-charts.ts';

const MAX_REMEMBERED = 20_000;
const MAX_DISK_CHARTS = 100;

/** One read of an agent, and how it was asked. */
export interface Noted {
  readonly target: AgentTarget;
  readonly extra: ExtraCharts;
  readonly latest: Latest;
}

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
  note(machine: StoredMachine, noted: Noted, limits: ReadLimits): void {
    const { latest, extra } = noted;
    const { net } = latest.chosen;
    if (net?.values.some(value => value !== null && value !== 0) === true) this.sawTraffic(machine);
    this.#noteDisks(machine, latest);
    const remembered = this.of(machine);
    if (this.#learning.has(machine.machineId)) return;
    const signs = {
      serverVersion: versionOfServer(latest.answer.server),
      hasNewCharts: shownCharts(latest, extra).some(id => !remembered.chartSteps.has(id)),
      nowMs: this.#clock.now().getTime(),
    };
    if (decideLearning(remembered, signs) === null) return;
    this.#update(machine, { askedAtMs: signs.nowMs, serverVersion: signs.serverVersion });
    this.#learning.set(machine.machineId, this.#learn(machine, noted, limits));
  }

  /** What is known now and not yet stored with the machine. */
  newsFor(machine: StoredMachine): AgentFacts | null {
    const { facts } = this.of(machine);
    if (facts === null || facts === machine.agent) return null;
    if (machine.agent === null || !sameFacts(facts, machine.agent)) return facts;
    this.#update(machine, { facts: machine.agent }); // found the same next time at a glance
    return null;
  }

  /** Seconds with traffic were read in a window. */
  sawTraffic(machine: StoredMachine): void {
    if (!this.of(machine).sawTraffic) this.#update(machine, { sawTraffic: true });
  }

  /** Resolves when nothing is being learned any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#learning.values());
  }

  /** They come with every answer and hardly ever change. */
  #noteDisks(machine: StoredMachine, latest: Latest): void {
    const { facts } = this.of(machine);
    if (facts === null) return;
    const { rootChart, diskCharts: ids } = disksOf(latest);
    const isSame = rootChart === facts.rootChart && ids.join() === facts.diskCharts.join();
    if (!isSame) this.#update(machine, { facts: { ...facts, rootChart, diskCharts: ids } });
  }

  async #learn(machine: StoredMachine, { target, extra, latest }: Noted, limits: ReadLimits): Promise<void> {
    const info = await this.#api.info(target, limits);
    const step = await this.#api.step(target, limits);
    if (info.ok) this.#update(machine, { facts: { ...info.value, ...disksOf(latest) } });
    if (step.ok) this.#update(machine, { stepSeconds: step.value });
    if (extra.ids.length > 0)
      this.#update(machine, { chartSteps: await this.#chartSteps(target, shownCharts(latest, extra), limits) });
    this.#learning.delete(machine.machineId);
  }

  /** Those that were not told because the agent stopped answering are asked for another time. */
  async #chartSteps(
    target: AgentTarget,
    ids: readonly string[],
    limits: ReadLimits,
  ): Promise<Remembered['chartSteps']> {
    const steps = new Map<string, number | null>();
    for (const id of ids) {
      const step = await this.#api.step(target, limits, id);
      if (!step.ok && step.status === null) break;
      steps.set(id, step.ok ? step.value : null);
    }
    return steps;
  }

  #update(machine: StoredMachine, change: Partial<Remembered>): void {
    const merged = { ...this.of(machine), ...change };
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(machine.machineId, merged);
  }
}

/** The charts asked for beside the metrics that the agent has, by the ids they have there. */
function shownCharts({ charts }: Latest, { ids }: ExtraCharts): string[] {
  return ids.flatMap(id => findChart(charts, id)?.id ?? []);
}

/**
 * The disk charts come with every answer: `disk_space._` is the root mount before Netdata 2 and `disk_space./` after,
 * and the family names the mount in both.
 */
function disksOf(latest: Latest): Pick<AgentFacts, 'rootChart' | 'diskCharts'> {
  const ids = diskCharts(latest.charts).map(chart => chart.id);
  return {
    rootChart: latest.chosen.rootDisk?.id ?? null,
    diskCharts: ids.toSorted().slice(0, MAX_DISK_CHARTS),
  };
}
