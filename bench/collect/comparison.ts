import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../support/failure.ts';
import { say } from '../support/progress.ts';
import type { Subject } from './subjects/subject.ts';
import { INTERVAL_SECONDS } from './subjects/subject.ts';
import { cpuOf, memoryOf, type Part } from '../support/usage.ts';

type Parts = Readonly<Partial<Record<Part, number>>>;

/** What one subject did and used during the comparison. */
export interface Measured {
  readonly name: string;
  readonly reads: number;
  readonly valuesPerRead: number;
  readonly cpuSeconds: Parts;
  readonly memoryPeakBytes: Parts;
  readonly memoryEndBytes: Parts;
  /** CPU seconds of all parts in each second of the comparison. */
  readonly cpuBySecond: readonly number[];
}

export interface ComparisonPlan {
  readonly machines: number;
  readonly windowSeconds: number;
  readonly windows: number;
}

/** Compilers warm up, connections are made, agents are asked about themselves. */
const WARM_UP_SECONDS = 40;
const WARM_UP_TIMEOUT_SECONDS = 120;
const MEMORY_EVERY_SECONDS = 15;
/** How long windows may take until their CPU time would fall into the next measure. */
const LATEST_BEGIN_SECONDS = 5;

/** Watches all subjects at once for the same time. The windows that close in it are whole: none is cut at its edges. */
export async function compare(subjects: readonly Subject[], plan: ComparisonPlan): Promise<Measured[]> {
  await warmUp(subjects, plan);
  const nowMs = Date.now();
  const waitMs = chooseBegin(plan.windowSeconds, nowMs) - nowMs;
  if (waitMs > 0) say(`waiting ${Math.ceil(waitMs / 1000)} s for the middle of a window`);
  await sleep(waitMs);
  const seconds = plan.windows * plan.windowSeconds;
  say(`measuring for ${seconds} s: ${subjects.map(({ name }) => name).join(' · ')}`);
  const watches = await Promise.all(subjects.map(subject => Watch.begin(subject)));
  await watch(watches, seconds);
  return Promise.all(watches.map(one => one.end()));
}

async function warmUp(subjects: readonly Subject[], { machines }: ComparisonPlan): Promise<void> {
  say(`warming up: ${machines} machines, each read every ${INTERVAL_SECONDS} s by ${subjects.length} subjects`);
  await sleep(WARM_UP_SECONDS * 1000);
  const deadline = performance.now() + (WARM_UP_TIMEOUT_SECONDS - WARM_UP_SECONDS) * 1000;
  for (const subject of subjects) {
    while ((await subject.reads()) < 2 * machines) {
      if (performance.now() > deadline)
        throw new Failure(
          `${subject.name}: ${await subject.reads()} reads of ${machines} machines after ${WARM_UP_TIMEOUT_SECONDS} s`,
        );
      await sleep(1000);
    }
  }
}

/**
 * The next moment between the end of one window's collection and the end of the next window, and between two rounds of
 * reads: one at the edge of the measure would have its reads counted and its CPU time not, or the other way round.
 */
function chooseBegin(windowSeconds: number, nowMs: number): number {
  const earliest = Math.min(windowSeconds / 2, 90);
  const latest = windowSeconds - LATEST_BEGIN_SECONDS;
  const offset = INTERVAL_SECONDS / 2;
  let begin = Math.ceil((nowMs / 1000 - offset) / INTERVAL_SECONDS) * INTERVAL_SECONDS + offset;
  while (begin % windowSeconds < earliest || begin % windowSeconds > latest) begin += INTERVAL_SECONDS;
  return begin * 1000;
}

async function watch(watches: readonly Watch[], seconds: number): Promise<void> {
  const startedAt = performance.now();
  for (let second = 1; second <= seconds; second += 1) {
    await sleep(Math.max(0, startedAt + second * 1000 - performance.now()));
    for (const one of watches) one.note();
    if (second % MEMORY_EVERY_SECONDS === 0) for (const one of watches) one.noteMemory();
    if (second % 60 === 0) say(`${second} of ${seconds} s`);
  }
}

/** The use of one subject, second by second. */
class Watch {
  readonly #subject: Subject;
  readonly #roots: readonly number[];
  readonly #readsBefore: number;
  readonly #cpu: Parts[];
  readonly #peak: Partial<Record<Part, number>> = {};

  private constructor(subject: Subject, readsBefore: number) {
    this.#subject = subject;
    this.#readsBefore = readsBefore;
    this.#roots = subject.roots();
    this.#cpu = [cpuOf(this.#roots, subject.rest)];
  }

  static async begin(subject: Subject): Promise<Watch> {
    return new Watch(subject, await subject.reads());
  }

  note(): void {
    this.#cpu.push(cpuOf(this.#roots, this.#subject.rest));
  }

  noteMemory(): Parts {
    const memory = memoryOf(this.#roots, this.#subject.rest);
    for (const [part, bytes] of Object.entries(memory) as [Part, number][])
      this.#peak[part] = Math.max(this.#peak[part] ?? 0, bytes);
    return memory;
  }

  async end(): Promise<Measured> {
    const reads = (await this.#subject.reads()) - this.#readsBefore;
    const memoryEndBytes = this.noteMemory();
    return {
      name: this.#subject.name,
      reads,
      valuesPerRead: await this.#subject.valuesPerRead(),
      cpuSeconds: difference(this.#cpu.at(-1) ?? {}, this.#cpu[0] ?? {}),
      memoryPeakBytes: this.#peak,
      memoryEndBytes,
      cpuBySecond: this.#cpu.slice(1).map((parts, i) => sumOf(parts) - sumOf(this.#cpu[i] ?? {})),
    };
  }
}

function difference(after: Parts, before: Parts): Parts {
  return Object.fromEntries(Object.entries(after).map(([part, value]) => [part, value - (before[part as Part] ?? 0)]));
}

export function sumOf(parts: Parts): number {
  return Object.values(parts).reduce((sum, value) => sum + value, 0);
}
