import { afterAll, beforeAll } from 'vitest';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, type DisposableDatabase } from '../support/services.ts';
import { networkOf } from './account-server.ts';
import { People } from './people.ts';

/** What a test file about signing in works with. */
export interface UsedServer {
  readonly server: ServerProcess;
  readonly database: DisposableDatabase;
  readonly people: People;
}

/** A server of the test file's own with these networks. It believes a proxy, so that a test can come from any address. */
export function useServer(networks: readonly string[], take: (used: UsedServer) => void): void {
  let database: DisposableDatabase | undefined;
  let server: ServerProcess | undefined;
  beforeAll(async () => {
    database = await createDatabase(databases()[0]?.url ?? '');
    server = await ServerProcess.create({ DATABASE_URL: database.url, TRUST_PROXY: '1', RATE_LIMIT: '0' });
    for (const network of networks) await server.network(networkOf(network));
    await server.start();
    take({ server, database, people: await People.of(server.url) });
  });
  afterAll(async () => {
    await server?.dispose();
    await database?.drop();
  });
}
