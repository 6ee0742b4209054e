import supertest from 'supertest';
import type { ServerProcess } from '../support/server-process.ts';

/** Requests to a server by a program that may do whatever an admin may. */
export type Requests = ReturnType<typeof supertest.agent>;

export async function requestsTo(server: ServerProcess): Promise<Requests> {
  return supertest.agent(server.url).set(await server.headers());
}
