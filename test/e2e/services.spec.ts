import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as NetServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFakeAgents, type RunningAgents } from '../support/hostile-agents.ts';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, waitFor, type DisposableDatabase } from '../support/services.ts';
import { EventStream } from './event-stream.ts';
import { requestsTo, type Requests } from './requests.ts';

const NETWORK = '/api/v1/networks/acme';
const DOWN_MS = 60_000;
/** Uptime is summed up every ten seconds. */
const FIGURES_MS = 30_000;

let isPageWell = true;
const page = createHttpServer((_request, response) => {
  response.statusCode = isPageWell ? 200 : 503;
  response.end(isPageWell ? 'Welcome' : 'The database is away');
});
/** Listens for connections and says nothing. */
const silent = createTcpServer();
let agents: RunningAgents;
let database: DisposableDatabase;
let server: ServerProcess;
let api: Requests;

async function portOf(listening: NetServer): Promise<number> {
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return (listening.address() as AddressInfo).port;
}

/** Where nothing listens any more. */
async function closedPort(): Promise<number> {
  const closing = createTcpServer();
  const port = await portOf(closing);
  closing.close();
  await once(closing, 'close');
  return port;
}

beforeAll(async () => {
  agents = await startFakeAgents({ count: 2 });
  database = await createDatabase(databases()[0]?.url ?? '');
  server = await ServerProcess.create({ DATABASE_URL: database.url, WINDOW: '10s' });
  const [pagePort, silentPort, closed] = [await portOf(page), await portOf(silent), await closedPort()];
  await server.network(`network_id: acme
version: 1
machines:
  - { name: web-1, netdata: "${agents.urls[0]}", address: 127.0.0.1 }
  - { name: db-1, netdata: "${agents.urls[1]}" }
monitors:
  - { name: shop, kind: http, url: "http://127.0.0.1:${pagePort}/health?token=s3cret", text: Welcome, interval: 5s }
  - { name: ssh, kind: tcp, port: ${silentPort}, interval: 5s, on: [web-1] }
  - { name: postgres, kind: tcp, port: ${closed}, interval: 5s, on: [web-1] }
  - { name: mail, kind: tcp, host: 127.0.0.1, port: ${silentPort}, interval: 5s }
`);
  await server.start();
  api = await requestsTo(server);
});
afterAll(async () => {
  await server?.dispose();
  await agents?.stop();
  await database?.drop();
  page.close();
  silent.close();
});

interface Observed {
  readonly reachable: boolean;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly latencyMs: number | null;
}
interface ServiceView {
  readonly name: string;
  readonly verdict: { readonly state: string; readonly reason: string | null };
  readonly latest: Observed | null;
  readonly uptime: { readonly day: number | null; readonly week: number | null; readonly month: number | null };
  readonly latency: { readonly avg: number; readonly min: number; readonly max: number } | null;
}
interface MachineView {
  readonly name: string;
  readonly verdict: { readonly state: string };
  readonly latest: { readonly values: object | null } | null;
  readonly checks: readonly (Observed & { readonly monitor: string; readonly kind: string })[];
}
const services = async (): Promise<ServiceView[]> =>
  (await server.api<{ items: ServiceView[] }>(`${NETWORK}/services`)).items;
const shop = async (): Promise<ServiceView> => await server.api<ServiceView>(`${NETWORK}/services/shop`);
const machine = async (name: string): Promise<MachineView> =>
  await server.api<MachineView>(`${NETWORK}/machines/${name}`);

describe('checks of machines', () => {
  test('stand beside its values, each with what it found, and do not speak for its state', async () => {
    await waitFor(async () => (await machine('web-1')).checks.length === 2, { timeoutMs: DOWN_MS });
    await waitFor(async () => (await machine('web-1')).verdict.state === 'up', { timeoutMs: DOWN_MS });
    const web = await machine('web-1');
    expect(web).toMatchObject({
      address: '127.0.0.1',
      verdict: { state: 'up' },
      checks: [
        { monitor: 'ssh', kind: 'tcp', reachable: true, reason: null },
        { monitor: 'postgres', kind: 'tcp', reachable: false, reason: 'refused' },
      ],
    });
    expect(web.latest?.values).not.toBeNull();
    expect(web.checks[1]?.detail).not.toBe('');
  });

  test('are none where a machine has no address to be checked at', async () => {
    expect(await machine('db-1')).toMatchObject({ address: null, checks: [] });
  });
});

describe('services', () => {
  test('are up after a check, with what it found and how they were lately', async () => {
    await waitFor(async () => (await services()).every(({ verdict }) => verdict.state === 'up'), {
      timeoutMs: DOWN_MS,
    });
    await waitFor(async () => (await shop()).uptime.day !== null, { timeoutMs: FIGURES_MS });
    const [mail, first] = await services();
    expect(mail?.name).toBe('mail');
    expect(first).toMatchObject({
      network: 'acme',
      name: 'shop',
      kind: 'http',
      intervalMs: 5_000,
      verdict: { state: 'up', reason: null, since: expect.any(String) as unknown },
      latest: { reachable: true, reason: null, misses: 0, measures: { status: 200 } },
      uptime: { day: 100, week: 100, month: 100 },
    });
    expect(first?.latest?.detail).toContain('200');
    const { min = 0, avg = 0, max = 0 } = first?.latency ?? {};
    expect([min > 0, min <= avg, avg <= max]).toEqual([true, true, true]);
  });

  test('name their target without what may be a secret', async () => {
    const { text } = await api.get(`${NETWORK}/services`).expect(200);
    expect(text).toMatch(/"target":"http:\/\/127\.0\.0\.1:\d+\/health\?…"/);
    expect(text).not.toContain('s3cret');
  });

  test('come in pages', async () => {
    const one = await api.get(`${NETWORK}/services?limit=1`).expect(200);
    expect([one.body.items.map((item: ServiceView) => item.name), one.body.next]).toEqual([['mail'], 'mail']);
    const two = await api.get(`${NETWORK}/services?limit=1&cursor=mail`).expect(200);
    expect([two.body.items.map((item: ServiceView) => item.name), two.body.next]).toEqual([['shop'], null]);
  });

  test('are counted beside the machines, and are none of them', async () => {
    await waitFor(async () => (await machine('db-1')).verdict.state === 'up', { timeoutMs: DOWN_MS });
    const { body } = await api.get('/api/v1/networks').expect(200);
    expect(body.items[0]).toMatchObject({ machines: { total: 2 }, services: { total: 2, up: 2, down: 0 } });
    const { text } = await api.get('/metrics').expect(200);
    expect(text).toMatch(/^distomon_services\{network="acme",state="up"\} 2$/m);
    expect(text).toMatch(/^distomon_machines\{network="acme",state="up"\} 2$/m);
    await api.get(`${NETWORK}/machines/shop`).expect(404);
    await api.get(`${NETWORK}/services/web-1`).expect(404);
  });

  test('that go down and come up again are told of as it happens, and their uptime says so', async () => {
    const stream = await EventStream.open(`${server.url}/api/v1/live?network=acme`, await server.headers());
    const changes = (): unknown[] =>
      stream.of('verdict').map(({ data }) => [data['kind'], data['machine'], data['to']]);
    isPageWell = false;
    await waitFor(() => changes().length > 0, { timeoutMs: DOWN_MS });
    expect(changes()).toEqual([['service', 'shop', 'down']]);
    const down = await shop();
    expect(down.verdict).toMatchObject({ state: 'down', reason: 'bad_response' });
    expect(down.latest).toMatchObject({ reachable: false, reason: 'bad_response' });
    expect(down.latest?.detail).toContain('503');

    isPageWell = true;
    await waitFor(() => changes().length > 1, { timeoutMs: DOWN_MS });
    expect(changes()[1]).toEqual(['service', 'shop', 'up']);
    stream.close();
    await waitFor(async () => ((await shop()).uptime.day ?? 100) < 100, { timeoutMs: FIGURES_MS });
    const { uptime } = await shop();
    expect(uptime.day).toBeGreaterThan(0);
    expect((await services())[0]).toMatchObject({ name: 'mail', uptime: { day: 100 } });
  });

  test('have their checks in columns, oldest first', async () => {
    const { body } = await api.get(`${NETWORK}/services/shop/checks`).expect(200);
    expect(body).toMatchObject({ network: 'acme', service: 'shop', resolution: '10s' });
    expect(body.columns).toEqual([
      'time',
      'observer',
      'probes',
      'failures',
      'reasons',
      'latency.avg',
      'latency.min',
      'latency.max',
    ]);
    const rows = body.rows as [string, string, number, number, Record<string, number>, number, number, number][];
    const times = rows.map(([time]) => time);
    expect(times).toEqual(times.toSorted());
    expect(new Set(rows.map(([, observer]) => observer))).toEqual(new Set(['test-1']));
    const failures = rows.reduce((sum, [, , , failed]) => sum + failed, 0);
    const named = rows.reduce((sum, [, , , , reasons]) => sum + (reasons['bad_response'] ?? 0), 0);
    expect(failures).toBeGreaterThanOrEqual(3);
    expect(named).toBe(failures);
    const nothing = await api.get(`${NETWORK}/services/shop/checks?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z`);
    expect(nothing.body.rows).toEqual([]);
  });

  test('leave when the network file names them no more', async () => {
    const path = `${NETWORK}/services/mail`;
    await server.network(`network_id: acme
version: 2
machines:
  - { name: web-1, netdata: "${agents.urls[0]}", address: 127.0.0.1 }
`);
    await waitFor(async () => (await services()).length === 0, { timeoutMs: DOWN_MS });
    const { body } = await api.get(path).expect(404);
    expect(body).toMatchObject({ code: 'SERVICE_NOT_FOUND' });
  });
});
