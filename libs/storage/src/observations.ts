import type { EntityManager, InferEntity } from '@mikro-orm/postgresql';
import { windowStartOf } from '#config';
import { CheckWindowEntity, LatestEntity } from './entities/observation.entities.ts';
import type { Partitions } from './partitions.ts';
import { recordsetParameter } from './recordset.ts';
import { RECORD_OBSERVATIONS, rowOfObservation } from './record-observations.ts';
import type { CheckWindow, Observation, StoredObservation } from './types.ts';

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
   */
  async record(observations: readonly Observation[], windowMs: number): Promise<void> {
    if (observations.length === 0) return;
    const rows = observations.map(observation =>
      rowOfObservation(observation, windowStartOf(observation.dueAt, windowMs)),
    );
    await this.partitions.whenReady(
      rows.map(row => row.window_start),
      () =>
        this.em.fork().transactional(async em => {
          for (const round of roundsOf(rows)) await em.execute(RECORD_OBSERVATIONS, [recordsetParameter(round)]);
        }),
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

  /** Machines of the network whose newest observation was made before `before`, or that have none. In order. */
  async unseenSince(network: string, before: Date): Promise<number[]> {
    const rows = await this.em.fork().execute<{ machine_id: number }[]>(
      `select machine_id from machine
       where network = ? and removed_at is null
         and not exists (select from latest where latest.machine_id = machine.machine_id and observed_at >= ?)
       order by machine_id`,
      [network, before],
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

/** A statement changes a row once. Several observations of one machine go one after the other, in the order of time. */
function roundsOf<R extends ReturnType<typeof rowOfObservation>>(rows: readonly R[]): R[][] {
  const rounds: R[][] = [];
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
