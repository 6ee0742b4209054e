import type { EntityManager } from '@mikro-orm/postgresql';
import { type StoredMetricRow, INSERT_ROWS, metricRowOf, recordOf, SELECT_ROWS } from './metric-columns.ts';
import type { Partitions } from './partitions.ts';
import { recordset, recordsetParameter } from './recordset.ts';
import type { MetricRow } from './types.ts';

/** Rows of one statement: some 2 MB of JSON. */
const ROWS_PER_STATEMENT = 1_000;

/** One exact row per machine and window. A row that is there is never written again. */
export class MetricRows {
  private readonly em: EntityManager;
  private readonly partitions: Partitions;

  constructor(em: EntityManager, partitions: Partitions) {
    this.em = em;
    this.partitions = partitions;
  }

  /** Writes the rows that are not there yet, all or nothing, into whatever month. Resolves with how many those were. */
  async write(rows: readonly MetricRow[]): Promise<number> {
    if (rows.length === 0) return 0;
    // Sorted, so that two writers of the same rows never wait for each other in a circle.
    const sorted = [...rows].sort(
      (a, b) => a.machineId - b.machineId || a.windowStart.getTime() - b.windowStart.getTime(),
    );
    return await this.partitions.whenReady(
      sorted.map(row => row.windowStart),
      () =>
        this.em.fork().transactional(async em => {
          let written = 0;
          for (let first = 0; first < sorted.length; first += ROWS_PER_STATEMENT) {
            const records = sorted.slice(first, first + ROWS_PER_STATEMENT).map(recordOf);
            const result = await em.execute<{ affectedRows: number }>(
              INSERT_ROWS,
              [recordsetParameter(records)],
              'run',
            );
            written += result.affectedRows;
          }
          return written;
        }),
    );
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
}
