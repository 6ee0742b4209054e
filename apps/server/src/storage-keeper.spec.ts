import { expect, test } from 'vitest';
import type { CutOffs, DropOutcome, PastPartition } from '#storage';
import { StorageKeeper, type StorageKeeperParts } from './storage-keeper.ts';

const NOW = new Date('2026-11-20T10:00:00Z');
const DAY_MS = 86_400_000;
const NOTHING: DropOutcome = { gone: { partitions: [], rows: [] }, left: [] };

function partition(name: string, rows: number | null, waitsFor: PastPartition['waitsFor'] = null): PastPartition {
  return { name, resolution: 'rows', from: NOW, to: NOW, rows, bytes: 1_000, waitsFor };
}

/** Runs one upkeep; what was done, in order, and what was logged. */
async function maintain(outcome: DropOutcome): Promise<{ steps: string[]; cutOffs: CutOffs[]; logged: unknown[][] }> {
  const steps: string[] = [];
  const cutOffs: CutOffs[] = [];
  const logged: unknown[][] = [];
  const step = (name: string) => (): Promise<void> => (steps.push(name), Promise.resolve());
  const log = (level: string) => (facts: object, message: string) => void logged.push([level, message, facts]);
  const storage = {
    partitions: { ensure: step('ensure') },
    observations: { sumDays: step('sum days'), forget: step('forget observations') },
    retention: {
      drop: (given: CutOffs) => {
        cutOffs.push(given);
        steps.push('drop');
        return Promise.resolve(outcome);
      },
    },
    hostSamples: { forget: step('forget seconds') },
    windowTasks: { forget: step('forget tasks') },
    accounts: { sweep: step('sweep accounts') },
    use: { measure: step('measure') },
  } as unknown as StorageKeeperParts['storage'];
  const keeper = new StorageKeeper({
    storage,
    clock: { now: () => NOW } as StorageKeeperParts['clock'],
    log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
    retentionMs: { rows: 31 * DAY_MS, hours: 400 * DAY_MS, days: null, events: 31 * DAY_MS },
  });
  await keeper.handlers()['storage.maintain']({ tick: 1 }, {} as never);
  return { steps, cutOffs, logged };
}

test('days are summed before their windows may go, and what is left is measured last', async () => {
  const { steps, cutOffs } = await maintain(NOTHING);
  expect(steps.slice(0, 3)).toEqual(['ensure', 'sum days', 'drop']);
  expect(steps.at(-1)).toBe('measure');
  const monthAgo = new Date(NOW.getTime() - 31 * DAY_MS);
  const hours = new Date(NOW.getTime() - 400 * DAY_MS);
  expect(cutOffs).toEqual([{ rows: monthAgo, hours, days: null, events: monthAgo }]);
});

const FOUND = { rows: 0, bytes: 0, dropped: [], deleted: [], left: [] };

test.each<[string, DropOutcome, string, string, object]>([
  ['nothing', NOTHING, 'debug', 'nothing is past its retention', FOUND],
  [
    'what was dropped and how much that was',
    {
      gone: {
        partitions: [partition('metric_row_2024_09', 5), partition('metric_row_2024_10', null)],
        rows: [
          { table: 'check_day', resolution: 'checks', before: NOW, rows: 3 },
          { table: 'outbox', resolution: 'events', before: NOW, rows: 0 },
        ],
      },
      left: [partition('check_window_2024_10', 1, 'sums')],
    },
    'info',
    'dropped what is past its retention',
    {
      dropped: ['metric_row_2024_09', 'metric_row_2024_10'],
      rows: 5,
      bytes: 2_000,
      deleted: [{ table: 'check_day', rows: 3 }],
      left: [{ name: 'check_window_2024_10', waitsFor: 'sums' }],
    },
  ],
  [
    'what has to wait',
    { ...NOTHING, left: [partition('metric_row_2024_10', 1, 'rollup')] },
    'info',
    'what is past its retention has to wait',
    { ...FOUND, left: [{ name: 'metric_row_2024_10', waitsFor: 'rollup' }] },
  ],
])('tells %s in one line', async (_what, outcome, level, message, facts) => {
  expect((await maintain(outcome)).logged).toEqual([[level, message, facts]]);
});
