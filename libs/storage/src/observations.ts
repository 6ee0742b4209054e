import type { EntityManager, InferEntity } from '@mikro-orm/postgresql';
import { windowStartOf } from '#config';
import { CheckWindowEntity, LatestEntity } from './entities/observation.entities.ts';
import {
  dateOf,
  daysOfRange,
  openDayOf,
  SUM_DAYS,
  SUMMARIZE_CHECKS,
  summaryOf,
  type SummaryRow,
} from './check-summary.ts';
import type { Partitions } from './partitions.ts';
import { type Columns, recordset, recordsetParameter } from './recordset.ts';
import { RECORD_OBSERVATIONS, rowOfObservation, SELECT_TO_JUDGE } from './record-observations.ts';
import type { CheckSummary, CheckWindow, Observation, StoredObservation, VoteLimit } from './types.ts';

const LIMIT_COLUMNS = { monitor: 'text', before: 'timestamptz' } as const satisfies Columns;

/** What was seen of the machines: the last observation of each, and counts per window. */
export class Observations {
  private readonly em: EntityManager;
  private readonly partitions: Partitions;

  constructor(em: EntityManager, partitions: Partitions) {
    this.em = em;
    this.partitions = partitions;
  }

  /**
   * Keeps the observations that are newer than what is known of their machine, monitor and observer, and counts them
   * in the window of their `dueAt`. Whatever is delivered again, or late, changes nothing. After the clock was set back
   * by more than a minute the observations are newer than what is known, although their times are earlier.
   *
   * One that is `unobserved` is kept with its detail and counts nowhere: `misses`, `since` and values stay as they were.
   *
   * Resolves with the machines, by id, whose verdict may have to change: all but those that are `up` and were just reached.
   */
  async record(observations: readonly Observation[], windowMs: number): Promise<number[]> {
    if (observations.length === 0) return [];
    const rows = observations.map(observation =>
      rowOfObservation(observation, windowStartOf(observation.dueAt, windowMs)),
    );
    const rounds = roundsOf(rows);
    return await this.partitions.whenReady(
      rows.map(row => row.window_start),
      () => {
        const em = this.em.fork();
        // One statement is whole by itself.
        return rounds.length === 1 ? recordRounds(em, rounds) : em.transactional(inner => recordRounds(inner, rounds));
      },
      ['check_window'],
    );
  }

  /** The last observation of each of these machines by each monitor and observer. */
  async latestOf(machineIds: readonly number[]): Promise<StoredObservation[]> {
    if (machineIds.length === 0) return [];
    const rows = await this.em
      .fork()
      .find(
        LatestEntity,
        { machineId: { $in: [...machineIds] } },
        { orderBy: { machineId: 'asc', monitor: 'asc', observer: 'asc' }, disableIdentityMap: true },
      );
    return rows.map(observationOf);
  }

  /**
   * What the network file names and nobody has seen: machines and services that are not known to be `unknown` already and
   * that none of the monitors has looked at since its limit. Those added, or looked at again after a pause,
   * at or after `addedBefore` are left out, and so are those that are paused. In order.
   */
  async unseenSince(network: string, limits: readonly VoteLimit[], addedBefore: Date): Promise<number[]> {
    const rows = await this.em.fork().execute<{ machine_id: number }[]>(
      `with limits as (select * from ${recordset('r', LIMIT_COLUMNS)})
       select machine_id from machine left join verdict using (machine_id)
       where network = ? and removed_at is null and added_at < ? and state is distinct from 'unknown'
         and not exists (
           select from machine_pause p
           where p.machine_id = machine.machine_id and (p.until is null or p.until > ?))
         and not exists (
           select from latest join limits using (monitor)
           where latest.machine_id = machine.machine_id and observed_at >= before)
       order by machine_id`,
      [recordsetParameter(limits.map(limit => ({ ...limit }))), network, addedBefore, addedBefore],
    );
    return rows.map(row => row.machine_id);
  }

  /** What the probes saw in the windows that start within [from, to), oldest first. */
  async checksOf(machineId: number, from: Date, to: Date): Promise<CheckWindow[]> {
    const rows = await this.em
      .fork()
      .find(
        CheckWindowEntity,
        { machineId, windowStart: { $gte: from, $lt: to } },
        { orderBy: { windowStart: 'asc', monitor: 'asc', observer: 'asc' }, disableIdentityMap: true },
      );
    return rows.map(checkOf);
  }

  /**
   * What each monitor saw of these machines and services in the windows that start within [from, to), all observers
   * together; nothing of one that was never looked at. A window counts whole or not at all: at both ends up to a window
   * of what was asked for is left out or too much. By machine and monitor.
   */
  async checkSummary(machineIds: readonly number[], from: Date, to: Date): Promise<CheckSummary[]> {
    if (machineIds.length === 0) return [];
    const em = this.em.fork();
    const { first, end } = daysOfRange(from, to, await summedUntil(em));
    const ids = recordsetParameter(machineIds.map(machine_id => ({ machine_id })));
    const days = [dateOf(first), dateOf(end)];
    const rows = await em.execute<SummaryRow[]>(SUMMARIZE_CHECKS, [ids, from, first, end, to, ...days]);
    return rows.map(summaryOf);
  }

  /**
   * Sums the windows of the days that are over, each day once, so that {@link checkSummary} is quick. Safe to call
   * concurrently and at any time. Days of the future, from before the clock was set back, are taken back.
   */
  async sumDays(now: Date): Promise<void> {
    const open = openDayOf(now);
    await this.em.fork().transactional(async em => {
      await em.execute(
        `insert into setting (name, value) values ('checks_summed_until', '1970-01-01') on conflict (name) do nothing`,
      );
      const until = await summedUntil(em, 'for update');
      if (until > open) await em.execute('delete from check_day where day >= ?', [dateOf(open)]);
      else await em.execute(SUM_DAYS, [until, open]);
      await em.execute(`update setting set value = ? where name = 'checks_summed_until'`, [dateOf(open)]);
    });
  }

  /**
   * Deletes the last observations of machines that were removed before `before`, and those that no newer one has followed
   * since: by monitors and observers that are no longer there.
   */
  async forget(before: Date): Promise<void> {
    await this.em
      .fork()
      .execute(
        'delete from latest where observed_at < ? or machine_id in (select machine_id from machine where removed_at < ?)',
        [before, before],
      );
  }
}

/** The first day that was not summed yet. */
async function summedUntil(em: EntityManager, locking = ''): Promise<Date> {
  const rows = await em.execute<{ value: string }[]>(
    `select value from setting where name = 'checks_summed_until' ${locking}`,
  );
  return new Date(rows[0]?.value ?? 0);
}

type Row = ReturnType<typeof rowOfObservation>;

async function recordRounds(em: EntityManager, rounds: readonly (readonly Row[])[]): Promise<number[]> {
  for (const round of rounds) await em.execute(RECORD_OBSERVATIONS, [recordsetParameter(round)]);
  const seen = rounds.flat().map(({ machine_id, reason }) => ({ machine_id, reason }));
  const toJudge = await em.execute<{ machine_id: number }[]>(SELECT_TO_JUDGE, [recordsetParameter(seen)]);
  return toJudge.map(row => row.machine_id);
}

/** A statement changes a row once. Several observations of one machine go one after the other, in the order of time. */
function roundsOf(rows: readonly Row[]): Row[][] {
  const rounds: Row[][] = [];
  const sorted = [...rows].sort((a, b) => a.due_at.getTime() - b.due_at.getTime());
  const seen = new Map<string, number>();
  for (const row of sorted) {
    const key = `${row.machine_id}\n${row.monitor}\n${row.observer}`;
    const round = seen.get(key) ?? 0;
    seen.set(key, round + 1);
    (rounds[round] ??= []).push(row);
  }
  return rounds;
}

function observationOf(row: InferEntity<typeof LatestEntity>): StoredObservation {
  const { machineId, monitor, observer, dueAt, observedAt, misses, since } = row;
  return {
    machineId,
    monitor,
    observer,
    dueAt,
    observedAt,
    misses,
    since,
    reason: row.reason ?? null,
    latencyMs: row.latencyMs ?? null,
    clockOffsetMs: row.clockOffsetMs ?? null,
    values: row.metricValues ?? null,
    valuesAt: row.valuesAt ?? null,
    fullestMount: row.fullestMount ?? null,
    detail: row.detail ?? null,
    measures: row.measures ?? null,
  };
}

function checkOf(row: InferEntity<typeof CheckWindowEntity>): CheckWindow {
  const {
    machineId,
    monitor,
    observer,
    windowStart,
    probes,
    failures,
    reasons,
    latencyMinMs: min,
    latencyMaxMs: max,
  } = row;
  const measured = row.latencyCount > 0 && min != null && max != null;
  const latencyMs = measured ? { avg: row.latencySumMs / row.latencyCount, min, max } : null;
  return { machineId, monitor, observer, windowStart, probes, failures, reasons, latencyMs };
}
