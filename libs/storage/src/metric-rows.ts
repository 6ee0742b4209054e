import type { EntityManager } from '@mikro-orm/postgresql';
import { markHours, markMachines } from './marks.ts';
import {
  FILL_ROWS,
  INSERT_ROWS,
  metricRowOf,
  recordOf,
  recordOfFilled,
  SELECT_ROWS,
  type RowRecord,
  type StoredMetricRow,
} from './metric-columns.ts';
import type { Partitions } from './partitions.ts';
import { recordset, recordsetParameter } from './recordset.ts';
import type { FilledRow, MetricRow } from './types.ts';

/** Rows of one statement: some 1 MB of JSON. */
const ROWS_PER_STATEMENT = 1_000;

/** Parameters: machine, windows. */
const CONCLUDE_GAPS = `
with gap as (
  select machine_id, window_start from metric_row join ${recordset('r', { window_start: 'timestamptz' })} using (window_start)
  where machine_id = ? and not reachable and conclusion is null
  order by window_start
  for update of metric_row
)
update metric_row w set conclusion = 'no_data'
from gap where (w.machine_id, w.window_start) = (gap.machine_id, gap.window_start)`;

/** Names a row. */
type RowKey = Pick<MetricRow, 'machineId' | 'windowStart'>;

/**
 * One exact row per machine and window. A row that is there is never written again, but for the values of a gap, which may
 * come later, once. Whatever changes rows says so in the same transaction: their hours are made anew, and gaps are asked for.
 */
export class MetricRows {
  private readonly em: EntityManager;
  private readonly partitions: Partitions;

  constructor(em: EntityManager, partitions: Partitions) {
    this.em = em;
    this.partitions = partitions;
  }

  /** Writes the rows that are not there yet, all or nothing, into whatever month. Resolves with how many those were. */
  async write(rows: readonly MetricRow[]): Promise<number> {
    return await this.change(rows, async (em, sorted) => {
      const written = await executeInParts(em, INSERT_ROWS, sorted, recordOf);
      const gaps = sorted.filter(row => !row.reachable);
      await markHours(em, sorted);
      await markMachines(
        em,
        gaps.map(({ machineId, collectedAt }) => ({ machineId, at: collectedAt })),
      );
      return written;
    });
  }

  /**
   * Gives open gaps their values, all or nothing; reason and `collectedAt` stay, and the reason says what the gap was. A
   * window without a row gets one that says that distomon was not there. Rows that are reachable, filled or concluded stay
   * as they are. Resolves with how many rows were changed or added.
   */
  async fill(rows: readonly FilledRow[]): Promise<number> {
    return await this.change(rows, async (em, sorted) => {
      const filled = await executeInParts(em, FILL_ROWS, sorted, recordOfFilled);
      await markHours(em, sorted);
      return filled;
    });
  }

  /** Says of open gaps that their machine has nothing of that time either. Resolves with how many those were. */
  async conclude(machineId: number, windowStarts: readonly Date[]): Promise<number> {
    const windows = windowStarts.map(window_start => ({ window_start }));
    return await this.em.fork().transactional(async em => {
      const parameters = [recordsetParameter(windows), machineId];
      const { affectedRows } = await em.execute<{ affectedRows: number }>(CONCLUDE_GAPS, parameters, 'run');
      await markHours(
        em,
        windowStarts.map(windowStart => ({ machineId, windowStart })),
      );
      return affectedRows;
    });
  }

  /** The machine's rows of the windows that start within [from, to), oldest first, at most `limit`. */
  async read(machineId: number, from: Date, to: Date, limit?: number): Promise<MetricRow[]> {
    const rows = await this.em
      .fork()
      .execute<StoredMetricRow[]>(
        `${SELECT_ROWS} where machine_id = ? and window_start >= ? and window_start < ? order by window_start limit ?`,
        [machineId, from, to, limit ?? null],
      );
    return rows.map(metricRowOf);
  }

  /** Which of these machines have their row of this window. */
  async written(windowStart: Date, machineIds: readonly number[]): Promise<Set<number>> {
    const rows = await this.em
      .fork()
      .execute<{ machine_id: number }[]>(
        `select machine_id from metric_row join ${recordset('r', { machine_id: 'integer' })} using (machine_id) where window_start = ?`,
        [recordsetParameter(machineIds.map(machine_id => ({ machine_id }))), windowStart],
      );
    return new Set(rows.map(row => row.machine_id));
  }

  /** Runs a change of these rows, each once, in one transaction and in one order: two changes never wait in a circle. */
  private async change<R extends RowKey>(
    rows: readonly R[],
    apply: (em: EntityManager, sorted: readonly R[]) => Promise<number>,
  ): Promise<number> {
    if (rows.length === 0) return 0;
    // Of two that are the same row the first counts.
    const unique = new Map(rows.toReversed().map(row => [`${row.machineId} ${row.windowStart.getTime()}`, row]));
    const sorted = [...unique.values()].sort(
      (a, b) => a.machineId - b.machineId || a.windowStart.getTime() - b.windowStart.getTime(),
    );
    return await this.partitions.whenReady(
      sorted.map(row => row.windowStart),
      () => this.em.fork().transactional(em => apply(em, sorted)),
      ['metric_row'],
    );
  }
}

/** Gives the statement these rows, some at a time. Resolves with how many it changed. */
async function executeInParts<R>(
  em: EntityManager,
  statement: string,
  rows: readonly R[],
  record: (row: R) => RowRecord,
): Promise<number> {
  let changed = 0;
  for (let first = 0; first < rows.length; first += ROWS_PER_STATEMENT) {
    const part = recordsetParameter(rows.slice(first, first + ROWS_PER_STATEMENT).map(record));
    const { affectedRows } = await em.execute<{ affectedRows: number }>(statement, [part], 'run');
    changed += affectedRows;
  }
  return changed;
}
