import type { Clock } from '#config';
import type { HostSample } from '#storage';
import type { InterfaceNow } from '../../devices.types.ts';
import {
  deriveInterfaces,
  deriveSample,
  fullestOf,
  type HostReading,
  type HostSource,
  type Mount,
} from './host-reading.ts';
import { SampleRing } from './sample-ring.ts';

const RING_SECONDS = 15 * 60;
const MOUNTS_EVERY_SECONDS = 10;
/** Less is no second: rates over it would be noise. More holds a second that was missed. */
const SHORTEST_MS = 500;
const LONGEST_MS = 1_500;

interface Measured {
  /** Monotonic milliseconds at the end of the second. */
  readonly atMs: number;
  readonly interfaces: readonly InterfaceNow[];
}

/**
 * Samples this machine once a second at the full second of the wall clock. The sample of second s is about [s, s + 1)
 * and taken at its end. A second that was missed (a busy process, a suspended machine) stays `null`; it is never filled
 * up, and lateness never adds up.
 */
export class HostSampler {
  readonly #clock: Clock;
  readonly #source: HostSource;
  readonly #ring = new SampleRing(RING_SECONDS);
  readonly #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | null = null;
  #before: HostReading | null = null;
  #interfaces: Measured | null = null;
  #mounts: readonly Mount[] = [];
  #reading = false;
  #mountsRead: Promise<readonly Mount[]> | null = null;
  #lastTick = 0;

  constructor(clock: Clock, source: HostSource) {
    this.#clock = clock;
    this.#source = source;
  }

  get ring(): SampleRing {
    return this.#ring;
  }

  get fullestMount(): string | null {
    return fullestOf(this.#mounts)?.path ?? null;
  }

  /** What went through each interface in the last second that was sampled; `null`: that was longer ago than this. */
  interfaces(maxAgeMs: number): readonly InterfaceNow[] | null {
    const measured = this.#interfaces;
    return measured !== null && performance.now() - measured.atMs <= maxAgeMs ? measured.interfaces : null;
  }

  /**
   * The mounts, read now: a file system of the network that hangs may take for ever, and is asked once at a time.
   *
   * @throws when they cannot be read
   */
  mounts(): Promise<readonly Mount[]> {
    this.#mountsRead ??= this.#source.readMounts().finally(() => (this.#mountsRead = null));
    return this.#mountsRead;
  }

  /** Begins to sample; does nothing when it does already. */
  start(): void {
    if (this.#timer !== null) return;
    this.#arm();
    void this.#readMounts().then(() => this.#sample(null));
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#before = null;
    for (const wake of this.#waiting) wake();
  }

  /** The newest sample and its second, after waiting for the very first one if need be. `null`: none in time. */
  async newest(timeoutMs: number): Promise<{ readonly second: number; readonly sample: HostSample } | null> {
    if (this.#ring.newest === null) await this.#nextSample(timeoutMs);
    const second = this.#ring.newest;
    const sample = second === null ? null : this.#ring.at(second);
    return second === null || sample === null ? null : { second, sample };
  }

  #nextSample(timeoutMs: number): Promise<void> {
    return new Promise(resolve => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      this.#waiting.add(wake);
    });
  }

  #arm(): void {
    const nowMs = this.#clock.now().getTime();
    this.#timer = setTimeout(() => this.#tick(), 1000 - (nowMs % 1000));
  }

  #tick(): void {
    const second = Math.floor(this.#clock.now().getTime() / 1000) - 1;
    this.#arm();
    // A timer may fire a millisecond early: the second is not over yet.
    if (second === this.#lastTick) return;
    this.#lastTick = second;
    void this.#sample(second);
    if (second % MOUNTS_EVERY_SECONDS === 0) void this.#readMounts();
  }

  /** @param second the second that has just ended; `null` only takes the first reading to compare with. */
  async #sample(second: number | null): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      const now = await this.#source.read();
      const before = this.#before;
      if (this.#timer === null) return;
      const distanceMs = before === null ? Infinity : now.atMs - before.atMs;
      // What was counted since the former reading stays for the next one.
      if (distanceMs < SHORTEST_MS) return;
      this.#before = now;
      if (second === null || before === null || distanceMs > LONGEST_MS) return;
      this.#ring.put(second, deriveSample(before, now, this.#mounts));
      this.#interfaces = { atMs: now.atMs, interfaces: deriveInterfaces(before, now) };
      for (const wake of this.#waiting) wake();
    } catch {
      // The second stays null, and no sample for some seconds makes the machine stale: that is how it is told.
      this.#before = null;
    } finally {
      this.#reading = false;
    }
  }

  async #readMounts(): Promise<void> {
    try {
      this.#mounts = await this.mounts();
    } catch {
      this.#mounts = [];
    }
  }
}
