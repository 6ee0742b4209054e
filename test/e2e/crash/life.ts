import { Client } from 'pg';
import { OwnServer } from '../../integration/jobs/own-server.ts';
import { startFakeAgents, truthOf, type RunningAgents } from '../../support/hostile-agents.ts';
import { ServerProcess } from '../../support/server-process.ts';
import { waitFor } from '../../support/services.ts';

export const WINDOW_SECONDS = 20;
const MACHINES = 3;

export type QueueKind = 'postgres' | 'redis';

/** A stored row, as far as these tests look at it. */
export interface Row {
  readonly machine: string;
  readonly start: number;
  readonly reachable: boolean;
  readonly reason: string | null;
  readonly avg: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly samples: number | null;
}

/**
 * One server's life on a database and queue of its own, with agents whose truth is known. It is killed and started
 * again while the agents and the clock go on.
 */
export class Life {
  readonly agents: RunningAgents;
  readonly database: OwnServer;
  readonly redis: OwnServer;
  server: ServerProcess;
  private readonly clients: Client[] = [];

  private constructor(agents: RunningAgents, database: OwnServer, redis: OwnServer, server: ServerProcess) {
    this.agents = agents;
    this.database = database;
    this.redis = redis;
    this.server = server;
  }

  static async begin(queue: QueueKind): Promise<Life> {
    const [agents, database, redis] = await Promise.all([
      startFakeAgents({ count: MACHINES }),
      OwnServer.start('postgres'),
      OwnServer.start('redis'),
    ]);
    const server = await createServer(queue, agents, database, redis);
    await server.start();
    return new Life(agents, database, redis, server);
  }

  /** The same database with the other queue; the former server must be dead. */
  async moveTo(queue: QueueKind): Promise<void> {
    const former = this.server;
    this.server = await createServer(queue, this.agents, this.database, this.redis);
    await former.dispose();
    await this.server.start();
  }

  async sql<T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    const client = await this.connect();
    try {
      return (await client.query<T>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  /** Holds locks on tables until released: whoever would write there waits, at a place that the test has chosen. */
  async hold(...tables: readonly string[]): Promise<{ release(): Promise<void> }> {
    const client = await this.connect();
    await client.query('begin');
    for (const table of tables) await client.query(`lock table ${table} in share mode`);
    this.clients.push(client);
    return { release: () => client.end() };
  }

  /** Waits until a statement like this (as SQL has `like`) waits for a lock. */
  async untilBlocked(pattern: string): Promise<void> {
    const blocked = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query ilike $1`;
    await waitFor(async () => (await this.sql(blocked, [pattern])).length > 0, { timeoutMs: 60_000 });
  }

  async queueTables(): Promise<string[]> {
    const rows = await this.sql<{ name: string }>(
      `select format('bullmq.%I', tablename) as name from pg_tables where schemaname = 'bullmq'`,
    );
    return rows.map(row => row.name);
  }

  /** The newest window with a row, as epoch seconds; 0: none. */
  async lastStored(): Promise<number> {
    const [row] = await this.sql<{ last: number }>(
      'select coalesce(max(extract(epoch from window_start)), 0)::float8 as last from metric_row',
    );
    return row?.last ?? 0;
  }

  /** Waits until all machines have their row of this window. */
  async untilStored(start: number): Promise<void> {
    const stored = 'select 1 from metric_row where window_start = to_timestamp($1)';
    await waitFor(async () => (await this.sql(stored, [start])).length === MACHINES, { timeoutMs: 120_000 }).catch(
      async (error: unknown) => {
        const tasks = await this.sql('select * from window_task order by window_start desc limit 12');
        const said = [...this.server.log.slice(-60), ...tasks.map(task => JSON.stringify(task))].join('\n');
        throw new Error(`the window ${start} is not stored; the server said, and its tasks are:\n${said}`, {
          cause: error,
        });
      },
    );
  }

  /** Waits until the work on this window has ended. */
  async untilDone(start: number): Promise<void> {
    const open = `select 1 from window_task where state <> 'done' and window_start = to_timestamp($1)`;
    await waitFor(async () => (await this.sql(open, [start])).length === 0, { timeoutMs: 60_000 });
  }

  /** Waits until this state change is committed and not announced yet. */
  async untilCommitted(machine: string, to: string): Promise<void> {
    const committed = 'select 1 from outbox where machine = $1 and to_state = $2 and handled_at is null';
    await waitFor(async () => (await this.sql(committed, [machine, to])).length === 1, { timeoutMs: 30_000 });
  }

  /** Waits until every committed state change has been announced. */
  async untilAllAnnounced(): Promise<void> {
    const open = 'select 1 from outbox where handled_at is null';
    await waitFor(async () => (await this.sql(open)).length === 0, { timeoutMs: 60_000 });
  }

  /** Every row since the machines were added, by machine and time. */
  async rows(): Promise<Row[]> {
    return this
      .sql<Row>(`select m.name as machine, extract(epoch from window_start)::float8 as start, reachable, reason,
      cpu_percent_avg as avg, cpu_percent_min as min, cpu_percent_max as max, cpu_percent_samples as samples
      from metric_row join machine m using (machine_id)
      where window_start + interval '${WINDOW_SECONDS} seconds' > added_at order by m.name, window_start`);
  }

  async end(): Promise<void> {
    await this.server.dispose();
    for (const client of this.clients) await client.end().catch(() => undefined);
    await this.agents.stop();
    await Promise.all([this.database.remove(), this.redis.remove()]);
  }

  private async connect(): Promise<Client> {
    const client = new Client({ connectionString: this.database.url });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
}

async function createServer(
  queue: QueueKind,
  agents: RunningAgents,
  database: OwnServer,
  redis: OwnServer,
): Promise<ServerProcess> {
  const server = await ServerProcess.create({
    DATABASE_URL: database.url,
    WINDOW: `${WINDOW_SECONDS}s`,
    WINDOW_GRACE: '5s',
    ...(queue === 'redis' ? { REDIS_URL: redis.url } : {}),
  });
  const machines = agents.urls.map((url, i) => `  - { name: m${i}, netdata: "${url}" }`);
  await server.network(`network_id: acme\nversion: 1\nmachines:\n${machines.join('\n')}\n`);
  return server;
}

/** What is wrong with the record: a window missing or double, or a value that is not the truth. Empty: nothing. */
export function faultsOf(rows: readonly Row[]): string[] {
  const byMachine = Map.groupBy(rows, row => row.machine);
  return [...byMachine.values()].flatMap(own =>
    own.flatMap((row, i) => [...gapBefore(row, own[i - 1]), ...wrongValues(row)]),
  );
}

function gapBefore(row: Row, before: Row | undefined): string[] {
  if (before === undefined || row.start - before.start === WINDOW_SECONDS) return [];
  return [`${row.machine}: ${row.start} follows ${before.start}`];
}

function wrongValues(row: Row): string[] {
  if (row.reachable !== (row.reason === null))
    return [`${row.machine} ${row.start}: a row has a reason or was reachable`];
  // the values of one that was not reachable may have come later
  if (row.avg === null)
    return row.reachable ? [`${row.machine} ${row.start}: a row without values needs a reason`] : [];
  const machine = Number(row.machine.slice(1));
  const truth = Array.from({ length: WINDOW_SECONDS }, (_, i) => truthOf(machine, row.start + 1 + i)).map(
    t => t.user + t.system + t.iowait,
  );
  const expected = {
    avg: truth.reduce((sum, v) => sum + v, 0) / truth.length,
    min: Math.min(...truth),
    max: Math.max(...truth),
    samples: truth.length,
  };
  const parts = ['avg', 'min', 'max', 'samples'] as const;
  return parts
    .filter(part => !(Math.abs((row[part] ?? NaN) - expected[part]) <= 1e-6 * Math.abs(expected[part])))
    .map(part => `${row.machine} ${row.start}: ${part} is ${row[part]}, not ${expected[part]}`);
}
