import { expect, test } from 'vitest';
import { Clock } from '#config';
import type { MeasuredStorage } from '#storage';
import { PrometheusMetrics, type PrometheusSources } from './prometheus-metrics.ts';

const away = (): Promise<never> => Promise.reject(new Error('away'));

const NEWEST = new Date('2026-11-20T10:00:00Z');
const MEASURED: MeasuredStorage = {
  at: NEWEST,
  databaseBytes: 5_000,
  tables: [
    {
      name: 'metric_row_2026_11',
      parent: 'metric_row',
      period: { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-12-01T00:00:00Z') },
      bytes: 4_000,
      networks: new Map([
        ['acme', { rows: 30, oldest: NEWEST, newest: NEWEST }],
        ['gone', { rows: 10, oldest: NEWEST, newest: NEWEST }],
      ]),
    },
  ],
};

/** Everything answers, until `down` names what does not. */
function metricsOf(down: { queue: boolean; database: boolean }): PrometheusMetrics {
  const fromDatabase = <T>(value: T): Promise<T> => (down.database ? away() : Promise.resolve(value));
  const storage = {
    verdicts: {
      counts: (_network: string, kind: string) =>
        fromDatabase({ up: 3, degraded: 0, down: kind === 'machine' ? 1 : 2, unknown: 0, maintenance: 0 }),
    },
    windowTasks: { countUnfinished: () => fromDatabase(7) },
    backfills: { count: () => fromDatabase({ open: 11, machines: 2 }) },
    use: { read: () => fromDatabase(MEASURED) },
  } as unknown as PrometheusSources['storage'];
  const queues: PrometheusSources['queues'] = {
    counts: () =>
      down.queue ? away() : Promise.resolve([{ queue: 'probe', waiting: 2, active: 0, delayed: 0, failed: 0 }]),
  };
  return new PrometheusMetrics({
    storage,
    queues,
    live: { size: 5 },
    networks: ['acme'],
    clock: new Clock(),
    version: '1',
  });
}

const MACHINES = 'distomon_machines{network="acme",state="down"} 1';
const SERVICES = 'distomon_services{network="acme",state="down"} 2';
const TASKS = 'distomon_window_tasks_unfinished{network="acme"} 7';
const GAPS = 'distomon_history_gaps_open{network="acme"} 11';
const STORED = [
  'distomon_storage_rows{network="acme",resolution="rows"} 30',
  'distomon_storage_bytes{network="acme",resolution="rows"} 3000',
  'distomon_storage_rows{network="acme",resolution="days"} 0',
  'distomon_storage_rows{network="gone",resolution="rows"} 10',
  'distomon_storage_bytes{network="gone",resolution="rows"} 1000',
];
const JOBS = 'distomon_jobs{queue="probe",state="waiting"} 2';
const STREAMS = 'distomon_live_streams 5';
const FROM_DATABASE = [
  'distomon_machines{',
  'distomon_services{',
  'distomon_window_tasks_unfinished{',
  'distomon_history_gaps_open{',
  'distomon_storage_rows{',
  'distomon_storage_bytes{',
];
const failures = (queue: number, database: number): string[] => [
  `distomon_scrape_errors{source="queue"} ${queue}`,
  `distomon_scrape_errors{source="database"} ${database}`,
];

test.each([
  [
    'everything',
    { queue: false, database: false },
    [MACHINES, SERVICES, TASKS, GAPS, ...STORED, JOBS, STREAMS, ...failures(0, 0)],
    [],
  ],
  [
    'what the database has, without the queue',
    { queue: true, database: false },
    [MACHINES, TASKS, GAPS, ...STORED, STREAMS, ...failures(1, 0)],
    ['distomon_jobs{'],
  ],
  [
    'what the queue has, without the database',
    { queue: false, database: true },
    [JOBS, STREAMS, ...failures(0, 1)],
    FROM_DATABASE,
  ],
  [
    'its own figures, without either',
    { queue: true, database: true },
    [STREAMS, ...failures(1, 1)],
    ['distomon_jobs{'],
  ],
])('gives %s', async (_what, down, present, absent) => {
  const text = await metricsOf(down).render();
  for (const line of present) expect(text.split('\n')).toContain(line);
  for (const part of absent) expect(text).not.toContain(part);
});

test('does not repeat the last figures of a source that has gone', async () => {
  const down = { queue: false, database: false };
  const metrics = metricsOf(down);
  const before = await metrics.render();
  for (const line of [JOBS, MACHINES, SERVICES, TASKS, GAPS, ...STORED]) expect(before).toContain(line);
  Object.assign(down, { queue: true, database: true });
  const after = await metrics.render();
  for (const name of ['distomon_jobs{', ...FROM_DATABASE]) expect(after).not.toContain(name);
});
