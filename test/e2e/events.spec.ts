import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFakeAgents, type RunningAgents } from '../support/hostile-agents.ts';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, waitFor, type DisposableDatabase } from '../support/services.ts';
import { requestsTo, type Requests } from './requests.ts';

const EVENTS = '/api/v1/networks/acme/events';
let agents: RunningAgents;
let database: DisposableDatabase;
let server: ServerProcess;
let api: Requests;

interface Event {
  readonly id: number;
  readonly kind: string;
  readonly machine: string;
  readonly removed: boolean;
  readonly from: string | null;
  readonly to: string;
  readonly reason: string | null;
  readonly because: string;
  readonly at: string;
  readonly lastedSeconds: number | null;
}
interface Events {
  readonly network: string;
  readonly items: readonly Event[];
  readonly next: string | null;
}

const networkOf = (names: readonly string[]): string => `network_id: acme
version: ${names.length === 2 ? 1 : 2}
machines:
${names.map((name, i) => `  - { name: ${name}, netdata: "${agents.urls[i]}" }\n`).join('')}monitors:
  - { name: agents, kind: netdata, interval: 5s }
  - { name: shop, kind: tcp, host: 127.0.0.1, port: ${new URL(agents.urls[0] ?? '').port}, interval: 5s }
quorum: { misses: 1 }
`;

const read = async (query = ''): Promise<Events> => (await api.get(`${EVENTS}${query}`).expect(200)).body as Events;
const changesOf = async (query: string): Promise<string[]> =>
  (await read(query)).items.map(({ machine, from, to }) => `${machine} ${from} ${to}`);
const until = (query: string, changes: readonly string[]): Promise<void> =>
  waitFor(async () => String(await changesOf(query)) === String(changes), { timeoutMs: 60_000 });

beforeAll(async () => {
  agents = await startFakeAgents({ count: 2 });
  database = await createDatabase(databases()[0]?.url ?? '');
  server = await ServerProcess.create({ DATABASE_URL: database.url, RATE_LIMIT: '0' });
  await server.network(networkOf(['web-1', 'web-2']));
  await server.start();
  api = await requestsTo(server);
  await until('?kind=service', ['shop null up']);
  await until('?machine=web-1', ['web-1 null up']);
  await until('?machine=web-2', ['web-2 null up']);
  await agents.setFault(1, { kind: '403', on: 'everything' });
  await until('?machine=web-2', ['web-2 up down', 'web-2 null up']);
  await agents.setFault(1, null);
  await until('?machine=web-2', ['web-2 down up', 'web-2 up down', 'web-2 null up']);
});
afterAll(async () => {
  await server?.dispose();
  await agents?.stop();
  await database?.drop();
});

describe('the events of a network', () => {
  test('tell a machine that went away and came back: when, why, and for how long', async () => {
    const { network, items, next } = await read('?machine=web-2');
    const [back, gone, first] = items;
    expect([network, next]).toEqual(['acme', null]);
    expect(gone).toEqual({
      id: expect.any(Number) as number,
      kind: 'machine',
      machine: 'web-2',
      removed: false,
      from: 'up',
      to: 'down',
      reason: 'denied',
      because: expect.stringContaining('denied') as string,
      at: expect.stringMatching(/^2\d{3}-.*Z$/) as string,
      lastedSeconds: Math.round((Date.parse(gone?.at ?? '') - Date.parse(first?.at ?? '')) / 1000),
    });
    expect(back).toMatchObject({ from: 'down', to: 'up', reason: null });
    expect(back?.lastedSeconds).toBe(Math.round((Date.parse(back?.at ?? '') - Date.parse(gone?.at ?? '')) / 1000));
    expect(first).toMatchObject({ from: null, to: 'up', lastedSeconds: null });
  });

  test('are machines and services, newest first', async () => {
    const { items } = await read();
    const times = items.map(({ at }) => at);
    expect(times).toEqual(times.toSorted().toReversed());
    expect(items.map(({ kind, machine }) => `${kind} ${machine}`).toSorted()).toEqual([
      'machine web-1',
      'machine web-2',
      'machine web-2',
      'machine web-2',
      'service shop',
    ]);
  });

  test.each([
    ['?kind=machine', 4],
    ['?kind=service', 1],
    ['?state=down', 1],
    ['?state=down,degraded', 1],
    ['?state=up&state=down', 5],
    ['?state=maintenance', 0],
    ['?machine=web-2&state=up', 2],
    ['?machine=nobody', 0],
    ['?from=-1h', 5],
    ['?to=-1h', 0],
    ['?from=-1h&to=now&kind=machine', 4],
    ['?from=1970-01-01T00:00:00Z&to=9999-12-31T00:00:00Z', 5],
  ])('that match %s are %i', async (query, count) => {
    expect((await read(query)).items).toHaveLength(count);
  });

  test('come page by page, each once, whatever happens meanwhile', async () => {
    const all = (await read()).items;
    const found: Event[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Events = await read(`?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      found.push(...page.items);
      cursor = page.next;
    }
    expect(found).toEqual(all);
  });

  test('are not kept by anybody on the way', async () => {
    const { headers } = await api.get(EVENTS).expect(200);
    expect(headers['cache-control']).toBe('private, no-cache');
  });

  test.each([
    ['a state that there is not', '?state=broken', 'state'],
    ['no state', '?state=', 'state'],
    ['a kind that there is not', '?kind=node', 'kind'],
    ['a cursor that is none', '?cursor=x', 'cursor'],
    ['a time that is none', '?from=yesterday', 'from'],
    ['a leap second', '?to=2016-12-31T23:59:60Z', 'to'],
    ['a limit beyond all', '?limit=1001', 'limit'],
    ['a name of two lines', '?machine=a%0Ab', 'machine'],
    ['a parameter that there is not', '?resolution=1h', 'resolution'],
  ])('are refused to who asks for %s', async (_what, query, path) => {
    const { body } = await api.get(`${EVENTS}${query}`).expect(400);
    expect(body).toMatchObject({ code: 'INVALID_REQUEST' });
    expect((body as { errors: { path: string }[] }).errors.map(error => error.path)).toContain(path);
  });

  test('are those of a network that there is', async () => {
    const { body } = await api.get('/api/v1/networks/nope/events').expect(404);
    expect(body).toMatchObject({ code: 'NETWORK_NOT_FOUND' });
  });

  test('outlive the machine', async () => {
    await server.network(networkOf(['web-1']));
    await waitFor(async () => (await read('?machine=web-2')).items.every(({ removed }) => removed), {
      timeoutMs: 60_000,
    });
    expect(await changesOf('?machine=web-2&state=down')).toEqual(['web-2 up down']);
  });
});
