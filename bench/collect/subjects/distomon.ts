import { ServerProcess } from '../../../test/support/server-process.ts';
import { Failure } from '../../support/failure.ts';
import { query } from './database.ts';
import { Redis } from './redis.ts';
import { INTERVAL_SECONDS, type Subject } from './subject.ts';

export type Backend = 'postgres' | 'redis';

export interface DistomonOptions {
  readonly backend: Backend;
  readonly agents: readonly string[];
  /** As the setting WINDOW takes it. */
  readonly window: string;
  /** More of the server's environment, such as NODE_OPTIONS. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Machines that are new are asked for their last day, once: that is no part of the cost of watching them. */
const WITHOUT_PAST = ['update machine set past_read_at = now()', 'delete from backfill'];

/** distomon as `npm start` runs it: its embedded PostgreSQL, and queues in there or in a Redis of its own. */
export class Distomon implements Subject {
  readonly name: string;
  readonly rest = 'server';
  readonly server: ServerProcess;
  readonly #redis: Redis | null;

  private constructor(name: string, server: ServerProcess, redis: Redis | null) {
    this.name = name;
    this.server = server;
    this.#redis = redis;
  }

  /** Resolves when the server is ready; the first probes come with its next tick. */
  static async start({ backend, agents, window, environment }: DistomonOptions): Promise<Distomon> {
    const redis = backend === 'redis' ? await Redis.start() : null;
    try {
      const server = await ServerProcess.create({
        WINDOW: window,
        ...(redis === null ? {} : { REDIS_URL: redis.url }),
        ...environment,
      });
      await server.network(networkFile(agents));
      const distomon = new Distomon(`distomon, queues in ${backend}`, server, redis);
      await server.start().catch(async (error: unknown) => {
        await server.dispose();
        throw new Failure(`distomon does not start: ${error instanceof Error ? error.message : String(error)}`);
      });
      for (const statement of WITHOUT_PAST) await query(server, statement);
      return distomon;
    } catch (error) {
      await redis?.stop();
      throw error;
    }
  }

  roots(): readonly number[] {
    return [...this.server.pids(), ...(this.#redis === null ? [] : [this.#redis.pid])];
  }

  async reads(): Promise<number> {
    const rows = await query<{ probes: number }>(
      this.server,
      'select coalesce(sum(probes - failures), 0)::integer as probes from check_window',
    );
    return rows[0]?.probes ?? 0;
  }

  async valuesPerRead(): Promise<number> {
    const rows = await query<{ values: number }>(
      this.server,
      `select coalesce(round(avg((select count(*) from jsonb_each(metric_values) where value <> 'null'))), 0)::integer as values
       from latest`,
    );
    return rows[0]?.values ?? 0;
  }

  async stop(): Promise<void> {
    await this.server.dispose();
    await this.#redis?.stop();
  }
}

function networkFile(agents: readonly string[]): string {
  const machines = agents.map((url, i) => `  - { name: m${i + 1}, netdata: "${url}" }\n`);
  const monitor = `  - { name: agents, kind: netdata, interval: ${INTERVAL_SECONDS}s, timeout: 3s }\n`;
  return `network_id: bench\nversion: 1\nmachines:\n${machines.join('')}monitors:\n${monitor}`;
}
