import { afterAll, beforeAll } from 'vitest';
import { networkOf } from '../../e2e/account-server.ts';
import { Google } from '../../e2e/google-server.ts';
import { People, type Person } from '../../e2e/people.ts';
import { startFakeAgents, type RunningAgents } from '../../support/hostile-agents.ts';
import { ServerProcess, type Environment } from '../../support/server-process.ts';
import { createDatabase, databases, waitFor, type DisposableDatabase } from '../../support/services.ts';
import { writePast } from './past.ts';

/** The machines of the network acme that answer; their values are `truthOf(place in this list, second)`. */
export const MACHINES = ['web-1', 'web-2', 'db-1.acme.example'] as const;
/** The one that does not: nobody listens there. */
export const GONE = 'gone-1';

/** What most browser tests look at: a server with the network acme, and beside it beta, with somebody of each kind. */
export interface World {
  readonly server: ServerProcess;
  readonly database: DisposableDatabase;
  readonly people: People;
  readonly agents: RunningAgents;
  readonly google: Google;
  readonly admin: Person;
  readonly user: Person;
}

/**
 * The file of acme: {@link MACHINES} at these addresses, the one that is gone, and a service that is up and one that is
 * down. Whatever happens to them is known within seconds instead of half a minute.
 *
 * @param page the server's own address, which is one of the services
 */
export function acmeFile(urls: readonly string[], page: string, version = 1): string {
  return `network_id: acme
version: ${version}
machines:
  - { name: ${MACHINES[0]}, netdata: "${urls[0]}", labels: { tier: web, region: eu } }
  - { name: ${MACHINES[1]}, netdata: "${urls[1]}", labels: { tier: web, region: us } }
  - { name: ${MACHINES[2]}, netdata: "${urls[2]}", labels: { tier: db, region: eu } }
  - { name: ${GONE}, netdata: "http://127.0.0.1:9", labels: { tier: web } }
monitors:
  - { name: agents, kind: netdata, interval: 5s, timeout: 2s }
  - { name: page, kind: http, url: "${page}/healthz", interval: 5s, timeout: 2s }
  - { name: mail, kind: tcp, host: 127.0.0.1, port: 9, interval: 5s, timeout: 2s }
quorum: { misses: 1 }
`;
}

/** What is watched in a world. */
export interface Scene {
  /** How many agents answer. */
  readonly agents: number;
  /** The file of the network acme. */
  readonly file: (urls: readonly string[], page: string) => string;
  /** How many machines and services are up and down as soon as everything is found to be as it is. */
  readonly counts: Readonly<Record<'machines' | 'services', Readonly<Record<'up' | 'down', number>>>>;
  readonly environment?: Environment;
  /** So many days of history of these machines. Default: none. */
  readonly past?: { readonly machines: readonly string[]; readonly days: number };
}

/** {@link MACHINES}, {@link GONE}, and a service that is up and one that is down. */
const USUAL: Scene = {
  agents: MACHINES.length,
  file: acmeFile,
  counts: { machines: { up: MACHINES.length, down: 1 }, services: { up: 1, down: 1 } },
};

/** The same, and a week of web-1 and web-2. */
export const WITH_PAST: Scene = { ...USUAL, past: { machines: ['web-1', 'web-2'], days: 8 } };

/** A world of a test file's own, begun when the state of everything in acme is known. */
export function useWorld(take: (world: World) => void, scene: Scene = USUAL): void {
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    const [google, agents, database] = await Promise.all([
      Google.start(),
      startFakeAgents({ count: scene.agents }),
      createDatabase(databases()[0]?.url ?? ''),
    ]);
    closing.push(
      () => google.stop(),
      () => agents.stop(),
      () => database.drop(),
    );
    const server = await ServerProcess.create({
      DATABASE_URL: database.url,
      RATE_LIMIT: '0',
      ...google.settings,
      ...scene.environment,
    });
    closing.push(() => server.dispose());
    await server.network(scene.file(agents.urls, server.url));
    await server.network(networkOf('beta'));
    await server.start();
    const people = await People.of(server.url);
    const admin = await people.invite({ role: 'admin', name: 'Ada Admin' });
    const user = await people.invite({ role: 'user', name: 'Uli User' });
    await untilSettled(server, scene.counts);
    if (scene.past !== undefined) await writePast(database.url, scene.past);
    take({ server, database, people, agents, google, admin, user });
  });
  afterAll(async () => {
    for (const close of closing.toReversed()) await close();
  });
}

/** Waits until everything in acme is found to be as it is. */
async function untilSettled(server: ServerProcess, expected: Scene['counts']): Promise<void> {
  const isAsItIs = (found: Counts): boolean =>
    (['machines', 'services'] as const).every(
      kind => found[kind].up === expected[kind].up && found[kind].down === expected[kind].down,
    );
  await waitFor(
    async () => {
      const { items } = await server.api<{ items: Counts[] }>('/api/v1/networks');
      return items.some(found => found.network === 'acme' && isAsItIs(found));
    },
    { timeoutMs: 60_000 },
  );
}

type Counts = { readonly network: string } & Scene['counts'];
