import { MikroORM, type Options } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { ENTITIES } from './entities/entities.ts';
import type { Pool } from 'pg';
import { MIGRATIONS } from './migrations/migrations.ts';

/** How long to wait for the database to accept a connection. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Longer than the interval of the probes: a new connection costs the server as much as ten statements. */
const IDLE_TIMEOUT_MS = 60_000;

/** How one process uses the database. */
export interface OrmOptions {
  /** `postgres://user:password@host:port/database`; `?host=/directory` for a UNIX socket. */
  readonly url: string;
  readonly maxConnections: number;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  readonly onPoolCreated?: (pool: Pool) => void;
}

/** An ORM that connects with its first query. The caller closes it. */
export function createOrm(options: OrmOptions): MikroORM {
  return new MikroORM({
    entities: ENTITIES,
    clientUrl: options.url,
    ...socketOf(options.url),
    extensions: [Migrator],
    migrations: { migrationsList: MIGRATIONS, snapshot: false, transactional: true, allOrNothing: true, silent: true },
    pool: { min: 0, max: options.maxConnections, idleTimeoutMillis: IDLE_TIMEOUT_MS },
    driverOptions: {
      application_name: options.applicationName,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      onPoolCreated: options.onPoolCreated,
    },
    // A database that is missing is a mistake in DATABASE_URL, not a wish.
    ensureDatabase: false,
    forceUtcTimezone: true,
    // The callers report errors; a dropped connection is reported by the query that needed it.
    logger: () => {},
  });
}

/** MikroORM overlooks a socket directory in the URL's query. */
function socketOf(url: string): Pick<Options, 'host'> {
  const host = new URL(url).searchParams.get('host');
  return host === null ? {} : { host };
}
