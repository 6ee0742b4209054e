import { METRICS, type MetricDefinition } from '#config';
import { DAY_MS, type HistoryPlan } from '../plan.ts';

/** A machine as the API and the database name it. */
export interface MachineName {
  readonly machineId: number;
  readonly name: string;
}

/** What one request asks for. */
export interface Drawn {
  readonly machines: readonly MachineName[];
  readonly metric: MetricDefinition;
  readonly from: Date;
  readonly to: Date;
}

/** How requests of a kind differ. */
export interface DrawPlan {
  /** `null`: all. */
  readonly machines: number | null;
  readonly days: number;
}

/**
 * Draws requests, each with other machines and another end, so that nothing that was remembered of one answers the next.
 * The same ones in each run.
 */
export class Lots {
  readonly #machines: readonly MachineName[];
  readonly #history: HistoryPlan;
  readonly #random = randomNumbers(4711);

  constructor(machines: readonly MachineName[], history: HistoryPlan) {
    this.#machines = machines;
    this.#history = history;
  }

  /** A range that would be longer than the history ends within its last day, and begins so much before it. */
  draw({ machines, days }: DrawPlan): Drawn {
    const { begin, end } = this.#history;
    const slackMs = Math.max(DAY_MS, end.getTime() - begin.getTime() - days * DAY_MS);
    const to = new Date(end.getTime() - this.#below(slackMs / 1000) * 1000);
    return {
      machines: machines === null ? this.#machines : this.#some(machines),
      metric: METRICS[this.#below(METRICS.length)] as MetricDefinition,
      from: new Date(to.getTime() - days * DAY_MS),
      to,
    };
  }

  #some(count: number): MachineName[] {
    const left = [...this.#machines];
    return Array.from({ length: count }, () => left.splice(this.#below(left.length), 1)[0] as MachineName);
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}

/** Numbers of [0, 1) by mulberry32, a generator of Tommy Ettinger in the public domain. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
