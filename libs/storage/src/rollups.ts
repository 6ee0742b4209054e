import type { EntityManager } from '@mikro-orm/postgresql';
import type { Partitions } from './partitions.ts';
import {
  CLAIM_DAYS,
  CLAIM_HOURS,
  type ClaimedPeriod,
  DAYS_OF_HOURS,
  DUE_MONTHS,
  HOURS_OF_ROWS,
  IS_DUE,
  MARK_DAYS,
  PERIOD_COLUMNS,
} from './rollup-sql.ts';
import { type RecordsetParameter, recordsetParameter } from './recordset.ts';

/** Hours and days are claimed this many at a time. */
const LIMIT = 2_000;

/** What one batch came to. */
export interface RollupBatch {
  readonly hours: number;
  readonly days: number;
  /** More was due than one batch takes. */
  readonly more: boolean;
}

const NOTHING: RollupBatch = { hours: 0, days: 0, more: false };

/**
 * Hours made from rows, and days made from hours. Whoever changes rows marks their hours in the same transaction; here the
 * marks are taken and what they stand for is made anew from all that is there, so that nothing depends on any order.
 */
export class Rollups {
  private readonly em: EntityManager;
  private readonly partitions: Partitions;

  constructor(em: EntityManager, partitions: Partitions) {
    this.em = em;
    this.partitions = partitions;
  }

  /** Whether there is anything for {@link run} to do. */
  async isDue(now: Date): Promise<boolean> {
    const rows = await this.em.fork().execute<{ due: boolean }[]>(IS_DUE, [now]);
    return rows[0]?.due ?? false;
  }

  /**
   * Makes up to `limit` hours and days anew, hours first, oldest first, all or nothing. A day is made when it is over, and
   * before that once an hour. While another process is at it nothing is done.
   */
  async run(now: Date, limit = LIMIT): Promise<RollupBatch> {
    const months = (await this.em.fork().execute<{ ms: number }[]>(DUE_MONTHS, [now, limit, now, limit])).map(
      ({ ms }) => new Date(ms),
    );
    if (months.length === 0) return NOTHING;
    return await this.partitions.whenReady(
      months,
      () => this.em.fork().transactional(em => runBatch(em, { now, limit, months })),
      ['rollup_hour', 'rollup_day'],
    );
  }
}

interface BatchOptions {
  readonly now: Date;
  readonly limit: number;
  /** Those whose partitions are there; what was marked in others since is left for the next batch. */
  readonly months: readonly Date[];
}

async function runBatch(em: EntityManager, { now, limit, months }: BatchOptions): Promise<RollupBatch> {
  if (!(await lock(em))) return NOTHING;
  // Servers that are not ours compile costly statements: 3 s for these, which then run in 0.1 s.
  await em.execute('set local jit = off');
  const inMonths = recordsetParameter(months.map(start_at => ({ start_at })));
  const hours = await em.execute<ClaimedPeriod[]>(CLAIM_HOURS, [now, inMonths, limit]);
  if (hours.length > 0) {
    await em.execute(HOURS_OF_ROWS, [periodsParameter(hours)]);
    await em.execute(MARK_DAYS, [now, now, periodsParameter(hours)]);
  }
  const days = await em.execute<ClaimedPeriod[]>(CLAIM_DAYS, [now, inMonths, limit - hours.length]);
  if (days.length > 0) await em.execute(DAYS_OF_HOURS, [periodsParameter(days)]);
  return { hours: hours.length, days: days.length, more: hours.length + days.length >= limit };
}

/** One at a time: a second one would only wait for the first, at the days that both of them mark. */
async function lock(em: EntityManager): Promise<boolean> {
  const rows = await em.execute<{ locked: boolean }[]>(
    `select pg_try_advisory_xact_lock(hashtextextended('distomon.rollup', 0)) as locked`,
  );
  return rows[0]?.locked ?? false;
}

function periodsParameter(periods: readonly ClaimedPeriod[]): RecordsetParameter {
  return recordsetParameter<typeof PERIOD_COLUMNS>(
    periods.map(({ machine_id, start_at_ms }) => ({ machine_id, start_at: new Date(start_at_ms) })),
  );
}
