import type { Client } from 'pg';
import { migrateStorage, openStorage, type Storage } from '#storage';
import { say } from '../../support/progress.ts';
import { connect } from '../../support/database.ts';
import { DAY_MS, monthsOf, rememberPlan, rowsOf, WINDOW_MS, type HistoryPlan } from '../plan.ts';
import { GAP_WINDOWS, GAPS, TRANSITIONS } from './gaps.ts';
import { addMachines, MONITOR } from './network.ts';
import { CHECKS, MARKS, ROWS } from './rows.ts';
import { PROFILES } from './waves.ts';

/** The node that the benchmark's server is, as `ServerProcess` names it. */
const OBSERVER = 'test-1';

/** How long filling took, in seconds. */
export interface FillTime {
  readonly rows: number;
  /** Rows, and what the probes saw, by SQL. */
  readonly rowsSeconds: number;
  /** Hours and days, by the product's own code. */
  readonly rollupSeconds: number;
  readonly hours: number;
  readonly daysMade: number;
}

/** Fills an empty database with the history of the plan: rows by SQL, hours and days by the product's own code. */
export async function fill(url: string, plan: HistoryPlan): Promise<FillTime> {
  say(`filling ${plan.machines} machines x ${plan.days} days: ${rowsOf(plan)} rows`);
  await migrateStorage(url);
  const storage = await openStorage({ url, applicationName: 'distomon-bench' });
  const client = await connect(url);
  try {
    await storage.networks.rememberWindow(WINDOW_MS);
    await addMachines(storage, plan.machines, plan.begin);
    const time = await fillMonths(client, storage, plan);
    await finish(client, storage, plan);
    await rememberPlan(url, plan);
    return time;
  } finally {
    await client.end();
    await storage.close();
  }
}

async function fillMonths(client: Client, storage: Storage, plan: HistoryPlan): Promise<FillTime> {
  const span = [plan.begin, plan.end];
  const months = monthsOf(plan);
  await storage.partitions.whenReady(
    months.map(({ from }) => from),
    () => Promise.resolve(),
  );
  await client.query('set synchronous_commit = off');
  // The same history with each run.
  await client.query('select setseed(0.4711)');
  await client.query(PROFILES);
  await client.query(GAPS, span);
  await client.query(GAP_WINDOWS);
  await client.query('analyze profile, gap_window');
  let rowsSeconds = 0;
  const made = { hours: 0, days: 0, seconds: 0 };
  for (const month of months) {
    rowsSeconds += await seconds(() => fillRows(client, month));
    made.seconds += await seconds(async () => {
      const { hours, days } = await makeRollups(storage);
      made.hours += hours;
      made.days += days;
    });
    const [done, spent] = [month.to.getTime() - plan.begin.getTime(), rowsSeconds + made.seconds];
    say(
      `until ${month.to.toISOString().slice(0, 10)}: ${Math.round(done / DAY_MS)} of ${plan.days} days, ${Math.round(spent)} s`,
    );
  }
  await client.query(TRANSITIONS, span);
  return { rows: rowsOf(plan), rowsSeconds, rollupSeconds: made.seconds, hours: made.hours, daysMade: made.days };
}

async function fillRows(client: Client, { from, to }: { readonly from: Date; readonly to: Date }): Promise<void> {
  await client.query(ROWS, [from, to]);
  await client.query(CHECKS, [from, to, MONITOR, OBSERVER]);
  await client.query(MARKS, [from, to]);
  // In life the statistics are there when a month is full; the next statement needs them at once.
  const suffix = from.toISOString().slice(0, 7).replace('-', '_');
  await client.query(`analyze metric_row_${suffix}`);
  await client.query('analyze rollup_dirty');
}

/** Until nothing is due any more. */
export async function makeRollups(storage: Storage, now = new Date()): Promise<{ hours: number; days: number }> {
  const made = { hours: 0, days: 0 };
  for (;;) {
    const { hours, days, more } = await storage.rollups.run(now);
    made.hours += hours;
    made.days += days;
    if (!more) return made;
  }
}

/** Nothing is left to be worked on, so that the server has no more to do than in any other year. */
async function finish(client: Client, storage: Storage, plan: HistoryPlan): Promise<void> {
  say('summing the checks of each day, vacuum, analyze');
  await storage.observations.sumDays(plan.end);
  await client.query('update machine set past_read_at = added_at');
  await client.query('delete from backfill');
  await client.query('vacuum analyze');
  await client.query('checkpoint');
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}
