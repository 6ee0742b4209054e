import { cpus, totalmem } from 'node:os';
import type { Clock, MetricValues, Window } from '#config';
import type { AgentFacts, HostSample, StoredMachine } from '#storage';
import { osInfo } from 'systeminformation';
import type { DeviceHistoryReading, DevicesReading } from '../../devices.types.ts';
import { asText } from '../../reading/shape.ts';
import { hasCoreSamples } from '../metric-values.ts';
import type {
  MetricsMonitor,
  ProbeResult,
  ReadLimits,
  SecondsRange,
  SecondsReading,
  WindowReading,
} from '../monitor.ts';
import { sameFacts } from '../same-facts.ts';
import { secondsReading } from '../seconds-reading.ts';
import type { HostSampleStore } from './host-sample-store.ts';
import { presentMounts, type Mount } from './host-reading.ts';
import type { HostSampler } from './host-sampler.ts';
import { summarizeSeconds } from './summarize-seconds.ts';

/** The sampler makes one a second; this many without one and it hangs. */
const STALE_AFTER_SECONDS = 4;
const LONGEST_CHUNK_SECONDS = 600;
/** What went through an interface longer ago is not of now. */
const INTERFACES_AGE_MS = 2_000;
/** A second is sampled at its end, which takes a moment. */
const LAG_SECONDS = 1;

/** Watches the machine this very process runs on, without any agent. */
export class HostMonitor implements MetricsMonitor {
  readonly source = 'host';
  readonly #clock: Clock;
  readonly #sampler: HostSampler;
  readonly #store: HostSampleStore;
  /** By machine, the next second to store. */
  readonly #unstored = new Map<number, number>();
  #flushing: Promise<void> = Promise.resolve();
  #facts: AgentFacts | null = null;

  constructor(clock: Clock, sampler: HostSampler, store: HostSampleStore) {
    this.#clock = clock;
    this.#sampler = sampler;
    this.#store = store;
  }

  /** @throws when the seconds cannot be stored; they are kept and stored with the next probe. */
  async probe(machine: StoredMachine, limits: ReadLimits): Promise<ProbeResult> {
    const startedAt = performance.now();
    const newest = await this.#newest(limits);
    const facts = await this.#newsFor(machine);
    const common = { latencyMs: performance.now() - startedAt, clockOffsetMs: 0, measures: null, facts };
    await this.#flush(machine.machineId);
    if ('reason' in newest) return { ...common, ...newest, values: null, fullestMount: null };
    return { ...common, reason: null, detail: null, values: newest.sample, fullestMount: this.#sampler.fullestMount };
  }

  async live(_: StoredMachine, limits: ReadLimits): Promise<MetricValues | null> {
    const newest = await this.#newest(limits);
    return 'reason' in newest ? null : newest.sample;
  }

  /** @throws when the store cannot be read. */
  async readWindow(machine: StoredMachine, window: Window, limits: ReadLimits): Promise<WindowReading> {
    await this.#newest(limits);
    await this.#flush(machine.machineId);
    const until = new Date(window.start.getTime() + window.lengthMs);
    const metrics = summarizeSeconds(await this.#store.read(machine.machineId, window.start, until), window);
    if (!hasCoreSamples(metrics))
      return { reason: 'no_data', detail: 'No second of this window was sampled.', isEmpty: true };
    const { fullestMount } = this.#sampler;
    return { reason: null, metrics, charts: {}, fullestMount, clockOffsetMs: 0, reachesEnd: true };
  }

  /** @throws when the store cannot be read. */
  async readSeconds(machine: StoredMachine, range: SecondsRange): Promise<SecondsReading> {
    const first = secondOf(range.from);
    const until = Math.min(secondOf(range.to), secondOf(this.#clock.now()) - LAG_SECONDS);
    if (until <= first) return { reason: 'no_data', detail: 'This time has not passed yet.' };
    const samples = await this.#samplesOf(machine.machineId, first, until);
    return secondsReading(new Date(first * 1000), metric => samples.map(sample => sample?.[metric] ?? null));
  }

  /** Its seconds are in the database, where to look for none costs nothing. */
  knowsSince(): Promise<null> {
    return Promise.resolve(null);
  }

  async devices(_: StoredMachine, limits: ReadLimits): Promise<DevicesReading> {
    const newest = await this.#newest(limits);
    if ('reason' in newest) return newest;
    const mounts = await this.#mounts(limits);
    if (mounts === null) return { reason: 'timeout', detail: 'The mounts of this host could not be read in time.' };
    const interfaces = this.#sampler.interfaces(INTERFACES_AGE_MS);
    if (interfaces === null) return { reason: 'stale', detail: 'This host was not sampled in the last two seconds.' };
    return { reason: null, devices: { mounts: presentMounts(mounts), interfaces } };
  }

  /** Each second of them would be more than the database is for. */
  recallDevice(): Promise<DeviceHistoryReading> {
    return Promise.resolve({
      reason: 'no_data',
      detail:
        'The built-in monitor keeps no past of single mounts and interfaces; a Netdata agent on this machine would.',
      since: null,
    });
  }

  async close(): Promise<void> {
    this.#sampler.stop();
    // Best effort: what is not stored now is lost with this process, as it would be in a crash.
    await Promise.allSettled([...this.#unstored.keys()].map(machineId => this.#flush(machineId)));
  }

  async #newest(limits: ReadLimits): Promise<{ sample: HostSample } | { reason: 'stale' | 'no_data'; detail: string }> {
    this.#sampler.start();
    const newest = await this.#sampler.newest(limits.timeoutMs);
    if (newest === null) return { reason: 'no_data', detail: 'This host has not been sampled yet.' };
    const ageSeconds = secondOf(this.#clock.now()) - newest.second - 1;
    if (ageSeconds < STALE_AFTER_SECONDS) return newest;
    return { reason: 'stale', detail: `The last sample of this host is ${ageSeconds} s old.` };
  }

  /** `null`: not in time, or not at all. */
  async #mounts({ timeoutMs }: ReadLimits): Promise<readonly Mount[] | null> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<null>(resolve => (timer = setTimeout(() => resolve(null), timeoutMs)));
    const read = this.#sampler.mounts().catch(() => null);
    return await Promise.race([read, tooLate]).finally(() => clearTimeout(timer));
  }

  /** The samples of the seconds [first, until). The newest are not stored yet; nobody's look makes them be stored sooner. */
  async #samplesOf(machineId: number, first: number, until: number): Promise<(HostSample | null)[]> {
    const { ring } = this.#sampler;
    const samples = Array.from({ length: until - first }, (_, place) => ring.at(first + place));
    if (ring.oldest !== null && first >= ring.oldest) return samples;
    const stored = await this.#store.read(machineId, new Date(first * 1000), new Date(until * 1000));
    for (const { second, sample } of stored) {
      const place = secondOf(second) - first;
      if (samples[place] === null) samples[place] = sample;
    }
    return samples;
  }

  /** One flush after the other: two at once would store the same seconds twice. */
  #flush(machineId: number): Promise<void> {
    const flushed = this.#flushing.then(() => this.#storeNew(machineId));
    this.#flushing = flushed.catch(() => undefined);
    return flushed;
  }

  async #storeNew(machineId: number): Promise<void> {
    const { oldest, newest } = this.#sampler.ring;
    if (oldest === null || newest === null) return;
    const next = this.#unstored.get(machineId) ?? oldest;
    // Beyond the newest second by more than one: the clock was set back, and what followed is new.
    for (let first = next > newest + 1 ? oldest : Math.max(next, oldest); first <= newest;) {
      const length = Math.min(newest - first + 1, LONGEST_CHUNK_SECONDS);
      const start = first;
      const samples = Array.from({ length }, (_, offset) => this.#sampler.ring.at(start + offset));
      await this.#store.append({ machineId, start: new Date(start * 1000), samples });
      first = start + length;
      this.#unstored.set(machineId, first);
    }
  }

  async #newsFor(machine: StoredMachine): Promise<AgentFacts | null> {
    this.#facts ??= await hostFacts();
    return machine.agent !== null && sameFacts(machine.agent, this.#facts) ? null : this.#facts;
  }
}

function secondOf(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

async function hostFacts(): Promise<AgentFacts> {
  const { distro, release } = await osInfo();
  return {
    version: 'host',
    uid: null,
    os: asText(`${distro} ${release}`, 120),
    cores: cpus().length,
    memoryBytes: totalmem(),
    rootChart: null,
    diskCharts: [],
  };
}
