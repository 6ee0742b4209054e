import type { Client } from 'pg';
import { connect } from '../../support/database.ts';
import type { Statement } from './bare-sql.ts';

/** What PostgreSQL says of a statement. */
export interface Explained {
  /** Without planning, and without making text of the result. */
  readonly ms: number;
  /** Rows that were looked at, also those that did not belong to the result. */
  readonly rowsRead: number;
  /** Pages of 8 KiB, and how many of them were not in PostgreSQL's own memory. */
  readonly buffers: number;
  readonly buffersRead: number;
}

/** Asks PostgreSQL itself, over one connection. Values stay the text that they came as. */
export class SqlClient {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  static async connect(url: string): Promise<SqlClient> {
    return new SqlClient(await connect(url));
  }

  /** The number of rows; they have all come. */
  async run({ text, values }: Statement): Promise<number> {
    const types = { getTypeParser: () => (value: string) => value };
    const result = await this.#client.query({ text, values: [...values], rowMode: 'array', types });
    return result.rows.length;
  }

  async explain({ text, values }: Statement): Promise<Explained> {
    const options = 'analyze, buffers, timing off, format json';
    const result = await this.#client.query<{ 'QUERY PLAN': [Explanation] }>(`explain (${options}) ${text}`, [
      ...values,
    ]);
    const explanation = result.rows[0]?.['QUERY PLAN'][0];
    if (explanation === undefined) throw new Error('PostgreSQL does not explain itself');
    const { Plan: plan } = explanation;
    const [hit, read] = [plan['Shared Hit Blocks'], plan['Shared Read Blocks']];
    return { ms: explanation['Execution Time'], rowsRead: rowsReadBy(plan), buffers: hit + read, buffersRead: read };
  }

  /** The process that serves this connection, on whatever machine PostgreSQL runs. */
  async process(): Promise<number> {
    const { rows } = await this.#client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return rows[0]?.pid ?? 0;
  }

  async stop(): Promise<void> {
    await this.#client.end();
  }
}

interface Explanation {
  readonly 'Execution Time': number;
  readonly Plan: Plan;
}

interface Plan {
  readonly 'Node Type': string;
  /** Rounded averages of each loop. */
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Plan[];
}

function rowsReadBy(plan: Plan): number {
  const rows = isTableScan(plan)
    ? (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops']
    : 0;
  return (plan.Plans ?? []).reduce((sum, below) => sum + rowsReadBy(below), rows);
}

/** A bitmap's index tells where rows are; the heap scan above it reads them. A subquery scan reads what is counted below. */
function isTableScan({ 'Node Type': type, Plans: below = [] }: Plan): boolean {
  return (
    type.endsWith('Scan') && type !== 'Bitmap Index Scan' && below.every(plan => plan['Node Type'].startsWith('Bitmap'))
  );
}
