import type { ValuesEvent, VerdictEvent } from '../../api/live-events.ts';

/** A state change, and when it was heard of, in ms of `performance.now()`. */
export interface ToldVerdict extends VerdictEvent {
  readonly toldAt: number;
}

/** What has arrived since the last update of the page. */
export interface LiveBatch {
  readonly verdicts: readonly ToldVerdict[];
  readonly values: ValuesEvent | null;
}

const EVERY_MS = 1_000;
/** Events come once a second, give or take: without this much tolerance every other second would wait for the next. */
const JITTER_MS = 100;

/** Gathers events and hands them on at most once a second, however many arrive: one update of the page for all of them. */
export class LiveBatcher {
  readonly #deliver: (batch: LiveBatch) => void;
  #verdicts: ToldVerdict[] = [];
  #values: ValuesEvent | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #deliveredAt = Number.NEGATIVE_INFINITY;

  constructor(deliver: (batch: LiveBatch) => void) {
    this.#deliver = deliver;
  }

  verdict(event: VerdictEvent): void {
    this.#verdicts.push({ ...event, toldAt: performance.now() });
    this.#plan();
  }

  /** Newer values of a machine replace older ones that were not shown yet. */
  values(event: ValuesEvent): void {
    this.#values = { at: event.at, machines: { ...this.#values?.machines, ...event.machines } };
    this.#plan();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #plan(): void {
    if (this.#timer !== undefined) return;
    const waitMs = Math.max(0, this.#deliveredAt + EVERY_MS - JITTER_MS - performance.now());
    this.#timer = setTimeout(() => this.#flush(), waitMs);
  }

  #flush(): void {
    const batch = { verdicts: this.#verdicts, values: this.#values };
    this.#timer = undefined;
    this.#verdicts = [];
    this.#values = null;
    this.#deliveredAt = performance.now();
    this.#deliver(batch);
  }
}
