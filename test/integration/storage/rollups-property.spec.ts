import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REASONS, windowStartOf } from '#config';
import type { FilledRow, MetricRow, MetricSummary, Storage } from '#storage';
import { databases } from '../../support/services.ts';
import { filled, later, row, useStorage } from './fixtures.ts';
import { rollupsOf, storedRollups, withoutRounding } from './rollup-model.ts';

/**
 * Whatever two processes write, fill and conclude, in whatever order, while hours and days are being made: in the end they
 * are what the rows give. Each case is a machine with a history of its own; many of them share the transactions of a run.
 */

const MACHINES_PER_RUN = 50;
const RUNS = 10;
const FAR = new Date('2040-01-01T00:00:00Z');

/** Where calendars and clocks have their borders: of months, years, leap days, and of summer time here and there. */
const BORDERS = [
  '2026-02-28T23:59:00Z',
  '2028-02-29T12:00:00Z',
  '2026-12-31T23:59:00Z',
  '2026-03-29T01:00:00Z',
  '2026-10-25T01:00:00Z',
  '2026-03-08T07:00:00Z',
  '2026-11-01T06:00:00Z',
  '2026-11-20T10:00:00Z',
].map(at => new Date(at));

/** So many windows of a machine are touched; the border lies in their middle. */
const WINDOWS = 12;
/** Each process does its part of a run in so many steps. */
const STEPS = 3;

type Step = (typeof STEP_KINDS)[number];
const STEP_KINDS = ['row', 'row', 'gap', 'fill', 'conclude'] as const;

/** What one process does to one window of a machine. */
interface Action {
  readonly by: number;
  readonly step: number;
  readonly kind: Step;
  readonly window: number;
  readonly values: Pick<MetricRow, 'metrics' | 'charts' | 'source'>;
  readonly reason: NonNullable<MetricRow['reason']>;
}

/** One machine. */
interface History {
  readonly border: Date;
  readonly windowMs: number;
  /** Every so many windows one is touched. */
  readonly stride: number;
  readonly actions: readonly Action[];
}

/**
 * Values of one sign, as a metric has them, none of them so small that its sums round to something else; from nothing to a
 * whole window of samples.
 */
function summaries(least: number, most: number): fc.Arbitrary<MetricSummary> {
  const value = fc
    .double({ min: least, max: most, noNaN: true, noDefaultInfinity: true })
    .map(number => (Math.abs(number) < 1e-9 ? 0 : number));
  return fc.tuple(value, value, value, fc.integer({ min: 0, max: 600 })).map(([a, b, c, samples]) => {
    const [min, avg, max] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
    return samples === 0
      ? { avg: null, min: null, max: null, samples, expected: 600 }
      : { avg, min, max, samples, expected: 600 };
  });
}

const values = fc.record({
  source: fc.constantFrom('agent', 'host'),
  metrics: fc.record(
    { cpu: summaries(0, 100), memoryUsed: summaries(2 ** 50, 2 ** 53), netOut: summaries(-1e9, -1e-3) },
    { requiredKeys: [] },
  ),
  charts: fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    {
      weight: 1,
      arbitrary: fc.record({ nginx: fc.record({ a: summaries(0, 9), b: summaries(0, 9) }, { requiredKeys: ['a'] }) }),
    },
  ),
}) as fc.Arbitrary<Action['values']>;

const action: fc.Arbitrary<Action> = fc.record({
  by: fc.nat({ max: 1 }),
  step: fc.nat({ max: STEPS - 1 }),
  kind: fc.constantFrom(...STEP_KINDS),
  window: fc.nat({ max: WINDOWS - 1 }),
  values,
  reason: fc.constantFrom(...REASONS),
});

const history: fc.Arbitrary<History> = fc.record({
  border: fc.constantFrom(...BORDERS),
  windowMs: fc.constantFrom(10, 7).map(minutes => minutes * 60_000),
  stride: fc.constantFrom(1, 3, 20),
  actions: fc.array(action, { maxLength: 16, size: 'max' }),
});

const histories = fc.array(history, { minLength: MACHINES_PER_RUN, maxLength: MACHINES_PER_RUN });

function windowOf({ border, windowMs, stride }: History, window: number): Date {
  return later((window - WINDOWS / 2) * stride * windowMs, windowStartOf(border, windowMs));
}

/** The rows of one process in one step, by what it does with them. */
function workOf(machines: ReadonlyMap<number, History>, by: number, step: number) {
  const work = { rows: [] as MetricRow[], fills: [] as FilledRow[], conclusions: new Map<number, Date[]>() };
  for (const [id, given] of machines) {
    for (const { kind, window, values: read, reason } of given.actions.filter(
      one => one.by === by && one.step === step,
    )) {
      const start = windowOf(given, window);
      const { metrics, charts, source } = read;
      if (kind === 'row') work.rows.push(row(id, start, read));
      else if (kind === 'gap')
        work.rows.push(row(id, start, { reachable: false, reason, source: null, metrics: {}, fullestMount: null }));
      else if (kind === 'fill') work.fills.push(filled(id, start, { metrics, charts, source: source ?? 'agent' }));
      else work.conclusions.set(id, [...(work.conclusions.get(id) ?? []), start]);
    }
  }
  return work;
}

async function act(storage: Storage, machines: ReadonlyMap<number, History>, by: number): Promise<void> {
  for (let step = 0; step < STEPS; step += 1) {
    const { rows, fills, conclusions } = workOf(machines, by, step);
    // The other way round in the other process.
    await storage.metricRows.write(by === 0 ? rows : rows.toReversed());
    for (const [id, starts] of conclusions) await storage.metricRows.conclude(id, starts);
    await storage.metricRows.fill(by === 0 ? fills : fills.toReversed());
  }
}

describe.each(databases())('hours and days on $name', ({ url }) => {
  describe.each(['Europe/Berlin', 'America/St_Johns'])('of a database in %s', timeZone => {
    const opened = useStorage(url, timeZone);
    let lastMachine = 0;

    /** Two processes act; meanwhile two others make hours and days, some at a time. */
    async function run(machines: ReadonlyMap<number, History>, now: Date): Promise<void> {
      const { storage, other } = opened;
      let acting = true;
      const actors = Promise.all([act(storage, machines, 0), act(other, machines, 1)]).finally(() => (acting = false));
      const runners = [storage, other].map(async ({ rollups }) => {
        while (acting) await rollups.run(now, 40);
      });
      await Promise.all([actors, ...runners]);
      while (await storage.rollups.isDue(FAR)) await storage.rollups.run(FAR);
    }

    it('are what the rows give, however they were written', { timeout: 120_000 }, async () => {
      let cases = 0;
      const property = fc.asyncProperty(histories, fc.constantFrom(...BORDERS, FAR), async (given, now) => {
        const machines = new Map(given.map(one => [(lastMachine += 1), one]));
        await run(machines, now);
        const ids = [...machines.keys()];
        const rows = await Promise.all(ids.map(id => opened.storage.metricRows.read(id, new Date(0), FAR)));
        const model = rollupsOf(rows.flat());
        expect(withoutRounding(await storedRollups(opened.database.url, ids), model)).toEqual(model);
        cases += given.length;
      });
      // A failure says its seed and path, which repeat it.
      await fc.assert(property, { numRuns: RUNS, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true });
      expect(cases).toBeGreaterThanOrEqual(MACHINES_PER_RUN * RUNS);
    });
  });
});
