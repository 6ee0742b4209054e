import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerProcess } from '../../../test/support/server-process.ts';
import { connect } from '../../support/database.ts';

/** A connection to the embedded database of a server. */
export interface Database {
  query<R extends object>(sql: string, values?: readonly unknown[]): Promise<R[]>;
  end(): Promise<void>;
}

export async function openDatabase(server: ServerProcess): Promise<Database> {
  const client = await connect(urlOf(server));
  return {
    query: async <R extends object>(sql: string, values: readonly unknown[] = []) =>
      (await client.query<R>(sql, [...values])).rows,
    end: () => client.end(),
  };
}

/** One query, over a connection of its own. */
export async function query<R extends object>(server: ServerProcess, sql: string): Promise<R[]> {
  const database = await openDatabase(server);
  try {
    return await database.query<R>(sql);
  } finally {
    await database.end();
  }
}

function urlOf({ home }: ServerProcess): string {
  const read = (path: string): string => readFileSync(join(home, 'postgres', path), 'utf8').trim();
  return `postgres://distomon:${read('cluster/distomon.password')}@127.0.0.1:${read('port')}/distomon`;
}
