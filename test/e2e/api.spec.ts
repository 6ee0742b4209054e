import { isDeepStrictEqual } from 'node:util';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { METRICS } from '#config';
import { startFakeAgents, type RunningAgents } from '../support/hostile-agents.ts';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, waitFor, type DisposableDatabase } from '../support/services.ts';
import { EventStream } from './event-stream.ts';
import { requestsTo, type Requests } from './requests.ts';

const NAMES = ['web-1', 'web-2', 'db-1'];
let agents: RunningAgents;
let database: DisposableDatabase;
let server: ServerProcess;
let api: Requests;

const network = (urls: readonly string[], names: readonly string[] = NAMES): string =>
  [
    'network_id: acme',
    'version: 1',
    'machines:',
    ...names.map(
      (name, i) => `  - { name: ${name}, netdata: "${urls[i]}", charts: [system.net], labels: { n: "${i}" } }`,
    ),
    '',
  ].join('\n');

beforeAll(async () => {
  agents = await startFakeAgents({ count: 4 });
  database = await createDatabase(databases()[0]?.url ?? '');
  server = await ServerProcess.create({ DATABASE_URL: database.url, WINDOW: '10s' });
  await server.network(network(agents.urls));
  await server.start();
  api = await requestsTo(server);
});
afterAll(async () => {
  await server?.dispose();
  await agents?.stop();
  await database?.drop();
});

interface MachineView {
  readonly name: string;
  readonly verdict: { readonly state: string; readonly reason: string | null };
  readonly latest: { readonly reachable: boolean; readonly values: Record<string, number | null> | null } | null;
}
const machines = async (): Promise<MachineView[]> =>
  (await server.api<{ items: MachineView[] }>('/api/v1/networks/acme/machines')).items;
const stateOf = async (name: string): Promise<string | undefined> =>
  (await machines()).find(machine => machine.name === name)?.verdict.state;

describe('the server', () => {
  test('says that it is alive and ready', async () => {
    await api.get('/healthz').expect(200, { ok: true });
    const { body } = await api.get('/readyz').expect(200);
    expect(body).toEqual({
      database: { ok: true },
      connections: { ok: true },
      queue: { ok: true },
      scheduler: { ok: true },
    });
  });

  test('says what it is, to whoever is signed in', async () => {
    const { body } = await api.get('/api/v1/info').expect(200);
    expect(body).toMatchObject({ name: 'distomon', windowSeconds: 10, database: 'external', queue: 'postgres' });
    expect(body.notice).toBeNull();
    const { body: refused, headers } = await supertest(server.url).get('/api/v1/info').expect(401);
    expect(refused.code).toBe('NOT_SIGNED_IN');
    expect(headers['www-authenticate']).toBe('Bearer');
  });

  test('logs of a request neither its headers nor its query', async () => {
    const secrets = { authorization: 'Bearer secret-1', cookie: 'session=secret-2' };
    await api.get('/api/v1/logged-nothing?token=secret-3').set(secrets).expect(404);
    await waitFor(() => server.log.some(line => line.includes('"path":"/api/v1/logged-nothing"')));
    expect(server.log.filter(line => line.includes('secret-'))).toEqual([]);
  });

  test('gives its own figures to Prometheus', async () => {
    const { text } = await api.get('/metrics').expect(200);
    expect(text).toMatch(/^distomon_machines\{network="acme",state="(up|unknown)"\} \d/m);
    expect(text).toMatch(/^distomon_jobs\{queue="probe"/m);
    expect(text).toMatch(/^distomon_window_tasks_unfinished\{network="acme"\} \d/m);
    expect(text).toMatch(/^distomon_scrape_errors\{source="queue"\} 0$/m);
  });

  test('serves the page, with a strict content security policy', async () => {
    const page = await api.get('/sign-in').set('accept', 'text/html').expect(200);
    expect(page.text).toContain('<div id="root">');
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
  });
});

describe('machines', () => {
  test('are up with their values after a probe', async () => {
    await waitFor(async () => (await machines()).every(machine => machine.verdict.state === 'up'), {
      timeoutMs: 30_000,
    });
    const [first] = await machines();
    expect(first?.name).toBe('db-1');
    expect(Object.keys(first?.latest?.values ?? {}).toSorted()).toEqual(METRICS.map(metric => metric.name).toSorted());
  });

  test('come in pages', async () => {
    const one = await api.get('/api/v1/networks/acme/machines?limit=2').expect(200);
    expect(one.body.items.map((item: MachineView) => item.name)).toEqual(['db-1', 'web-1']);
    const two = await api.get(`/api/v1/networks/acme/machines?limit=2&cursor=${one.body.next}`).expect(200);
    expect(two.body.items.map((item: MachineView) => item.name)).toEqual(['web-2']);
    expect(two.body.next).toBeNull();
  });

  test('are counted by state in the list of networks', async () => {
    const { body } = await api.get('/api/v1/networks').expect(200);
    expect(body.items[0]).toMatchObject({
      network: 'acme',
      version: 1,
      author: 'file',
      machines: { total: 3, up: 3, down: 0 },
      services: { total: 0, up: 0, down: 0 },
    });
  });

  test('have their rows in columns, oldest first', async () => {
    const read = () =>
      api.get('/api/v1/networks/acme/machines/web-1/metrics?samples=all&resolution=10s&from=-1h').expect(200);
    await waitFor(async () => (await read()).body.rows.length >= 2, { timeoutMs: 60_000 });
    const { columns, rows, resolution } = (await read()).body as {
      columns: string[];
      rows: (string | number | null)[][];
      resolution: string;
    };
    expect(resolution).toBe('10s');
    expect(columns.slice(0, 12)).toEqual([
      'time',
      'reachable',
      'reason',
      'samples',
      'source',
      'filledAt',
      'conclusion',
      'unreachableMinutes',
      'unobservedMinutes',
      'cpu.avg',
      'cpu.min',
      'cpu.max',
    ]);
    expect(rows.every(row => row.length === columns.length)).toBe(true);
    const seen = rows.find(row => row[2] === null); // not one of before it was added
    expect(seen?.slice(1, 5)).toEqual([true, null, 10, 'agent']);
    expect(String(rows[0]?.[0]) < String(rows[1]?.[0])).toBe(true);
  });
});

describe('charts of a machine', () => {
  interface Rows {
    readonly columns: string[];
    readonly rows: (string | number | boolean | null)[][];
  }
  const read = (charts: string): Promise<Rows> =>
    server.api<Rows>(`/api/v1/networks/acme/machines/web-1/metrics?resolution=10s&${charts}`);

  test('that the network file names come beside the metrics when they are asked for, with the sign of the agent', async () => {
    const { columns, rows } = await read('charts=system.net');
    const sent = columns.indexOf('system.net.OutOctets.avg');
    expect(columns.slice(sent, sent + 3)).toEqual([
      'system.net.OutOctets.avg',
      'system.net.OutOctets.min',
      'system.net.OutOctets.max',
    ]);
    const full = rows.find(row => row[1] === true);
    expect(full?.[sent]).toBeLessThan(0);
    expect((await read('')).columns.some(name => name.startsWith('system.net.'))).toBe(false);
  });

  test.each(['charts=system.net,nope', 'charts=nope&charts=system.net', 'charts=,system.net,'])(
    'are named in any of the usual ways: %s',
    async query => {
      expect((await read(query)).columns).toEqual((await read('charts=system.net')).columns);
    },
  );
});

describe('a request that is wrong gets a problem document', () => {
  test.each([
    ['an unknown network', '/api/v1/networks/nope/machines', 404, 'NETWORK_NOT_FOUND'],
    ['an unknown machine', '/api/v1/networks/acme/machines/nope', 404, 'MACHINE_NOT_FOUND'],
    ["an unknown machine's rows", '/api/v1/networks/acme/machines/nope/metrics', 404, 'MACHINE_NOT_FOUND'],
    [
      'a reversed range',
      '/api/v1/networks/acme/machines/web-1/metrics?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z',
      400,
      'INVALID_RANGE',
    ],
    [
      'a range of ten thousand years',
      '/api/v1/networks/acme/machines/web-1/metrics?from=1970-01-01T00:00:00Z&to=9999-01-01T00:00:00Z',
      400,
      'INVALID_RANGE',
    ],
    ['an unknown service', '/api/v1/networks/acme/services/nope', 404, 'SERVICE_NOT_FOUND'],
    ["an unknown service's checks", '/api/v1/networks/acme/services/nope/checks', 404, 'SERVICE_NOT_FOUND'],
    ['services of an unknown network', '/api/v1/networks/nope/services', 404, 'NETWORK_NOT_FOUND'],
    ['a machine as a service', '/api/v1/networks/acme/services/web-1', 404, 'SERVICE_NOT_FOUND'],
    ['an unknown parameter of services', '/api/v1/networks/acme/services?form=x', 400, 'INVALID_REQUEST'],
    [
      'too many charts',
      `/api/v1/networks/acme/machines/web-1/metrics?charts=${Array.from({ length: 51 }, (_, i) => `c${i}`).join(',')}`,
      400,
      'INVALID_REQUEST',
    ],
    ['no date', '/api/v1/networks/acme/machines/web-1/metrics?from=yesterday', 400, 'INVALID_REQUEST'],
    [
      'a time without a zone',
      '/api/v1/networks/acme/machines/web-1/metrics?from=2026-01-01T00:00:00',
      400,
      'INVALID_REQUEST',
    ],
    ['a date without a time', '/api/v1/networks/acme/machines/web-1/metrics?to=2026-01-01', 400, 'INVALID_REQUEST'],
    [
      'the thirtieth of February',
      '/api/v1/networks/acme/machines/web-1/metrics?to=2026-02-30T00:00:00Z',
      400,
      'INVALID_REQUEST',
    ],
    ['an unknown parameter', '/api/v1/networks/acme/machines/web-1/metrics?form=x', 400, 'INVALID_REQUEST'],
    ['a parameter given twice', '/api/v1/networks/acme/machines/web-1/metrics?from=a&from=b', 400, 'INVALID_REQUEST'],
    ['a limit of no number', '/api/v1/networks/acme/machines?limit=many', 400, 'INVALID_REQUEST'],
    ['a bad escape in the path', '/api/v1/networks/%E0%A4%A/machines', 400, 'BAD_REQUEST'],
    ['nothing there', '/api/v1/nothing', 404, 'NOT_FOUND'],
    ['nothing there below /api', '/api/nope', 404, 'NOT_FOUND'],
    ['nothing there below /assets', '/assets/nope.js', 404, 'NOT_FOUND'],
    ['a stream of an unknown machine', '/api/v1/live?network=acme&machines=nope', 404, 'MACHINE_NOT_FOUND'],
    ['a stream of nothing', '/api/v1/live', 400, 'INVALID_REQUEST'],
    ['a NUL in a name', '/api/v1/networks/acme/machines/a%00b', 404, 'MACHINE_NOT_FOUND'],
  ])('%s', async (_what, path, status, code) => {
    const { body, headers } = await api.get(path).expect(status);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body).toMatchObject({ status, code });
    expect(body.detail).not.toBe('');
  });

  test('that tells each wrong parameter once', async () => {
    const { body } = await api.get('/api/v1/networks/acme/machines/web-1/metrics?from=yesterday').expect(400);
    const message = 'must be an RFC 3339 time, such as 2026-11-20T10:00:00Z, or relative to now: "now", "-90m", "-7d"';
    expect(body.errors).toEqual([{ path: 'from', message }]);
  });

  test.each([
    ['nests thirty thousand levels', `{"email":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
    ['is an array', '[]'],
    ['is nothing', 'null'],
  ])('a body that %s', async (_what, text) => {
    const asked = supertest(server.url).post('/api/v1/auth/login').set('content-type', 'application/json');
    const { body } = await asked.send(text).expect(400);
    expect(body).toMatchObject({ code: 'INVALID_REQUEST', errors: [{ path: 'body' }] });
  });

  test('a method that does not exist', async () => {
    const { body } = await api.post('/api/v1/networks').send('{"broken').set('content-type', 'application/json');
    expect([400, 404]).toContain(body.status);
  });
});

interface Operation {
  readonly summary?: string;
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema?: unknown }> }>;
}
const PROBLEM_CONTENT = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
/** These say nothing but that it is so, or where to go on. */
const WITHOUT_CONTENT = ['204', '303'];

/** Every operation of the document, by its method and path. */
async function operations(): Promise<[name: string, Operation][]> {
  const { body } = await api.get('/api/openapi.json').expect(200);
  return Object.entries(body.paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
  );
}

describe('the API documents itself', () => {
  test('as OpenAPI 3.1, with a schema for every answer', async () => {
    const { body } = await api.get('/api/openapi.json').expect(200);
    expect(body.openapi).toBe('3.1.0');
    const all = await operations();
    expect(all.length).toBeGreaterThanOrEqual(30);
    expect(all.filter(([, { summary }]) => !summary).map(([name]) => name)).toEqual([]);
    const good = all.flatMap(([name, { responses }]) =>
      Object.entries(responses)
        .filter(([status]) => Number(status) < 400 && !WITHOUT_CONTENT.includes(status))
        .map(([status, { content }]) => ({ name, status, contents: Object.values(content ?? {}) })),
    );
    expect(good.filter(({ contents }) => contents.length === 0 || contents.some(one => !one.schema))).toEqual([]);
    expect(Object.keys(body.components.schemas)).toEqual(
      expect.arrayContaining([
        'Machine',
        'MachineList',
        'NetworkList',
        'Info',
        'History',
        'Problem',
        'ReadinessReport',
        'Service',
        'ServiceList',
        'ServiceChecks',
      ]),
    );
  });

  test('and an error is documented as it is sent, those that any request can meet too', async () => {
    const all = await operations();
    const answers = all.flatMap(([name, { responses }]) =>
      Object.entries(responses).map(([status, { content }]) => ({ name, status, content })),
    );
    const errors = answers.filter(
      ({ name, status }) => Number(status) >= 400 && !(name === 'get /readyz' && status === '503'), // a report of checks
    );
    expect(errors.filter(({ content }) => !isDeepStrictEqual(content, PROBLEM_CONTENT))).toEqual([]);
    const without = (status: string): string[] =>
      all.filter(([, { responses }]) => responses[status] === undefined).map(([name]) => name);
    for (const status of ['500', '503']) expect(without(status)).toEqual([]);
    expect(without('429').toSorted()).toEqual(['get /healthz', 'get /readyz']);
  });

  test('and the page is built against exactly this document', async () => {
    const { body } = await api.get('/api/openapi.json').expect(200);
    const types = `${COMMENT_HEADER}${astToString(await openapiTS(body))}`;
    await expect(types, 'update it by: npx vitest run --project e2e test/e2e/api.spec.ts -u').toMatchFileSnapshot(
      '../../apps/dashboard/src/api/schema.d.ts',
    );
  });

  test('in Swagger UI', async () => {
    const { text } = await api.get('/api/docs').expect(200);
    expect(text).toContain('swagger-ui');
  });
});

describe('the live stream', () => {
  const live = async (query = '', headers = {}): Promise<EventStream> =>
    EventStream.open(`${server.url}/api/v1/live?network=acme${query}`, { ...(await server.headers()), ...headers });
  /** Without those for windows of the past: each is one such request beside one for each of its seven charts. */
  const probes = async (): Promise<number> => {
    const { allmetrics = 0, data = 0 } = await agents.requests();
    return allmetrics - Math.floor(data / 7);
  };

  test("gives every machine's values once a second, and agents are read every second only while somebody looks", async () => {
    const stream = await live();
    await waitFor(() => stream.of('values').length >= 4, { timeoutMs: 15_000 });
    const values = stream.of('values')[2]?.data as { machines: Record<string, { cpu: number } | null> };
    expect(Object.keys(values.machines).toSorted()).toEqual(NAMES.toSorted());
    expect(values.machines['db-1']?.cpu).toBeGreaterThan(0);
    stream.close();
    await waitFor(async () => (await server.api<{ ok: boolean }>('/healthz')).ok);
    await waitFor(async () => /distomon_live_streams 0/.test(await (await fetch(`${server.url}/metrics`)).text()));
    const before = await probes();
    const started = performance.now();
    await waitFor(async () => (await probes()) >= before + NAMES.length, { timeoutMs: 20_000 });
    await waitFor(() => performance.now() - started > 5_000);
    // three machines at 1 Hz would be 15 more by now; a probe each 10 s is 3 or 6
    expect((await probes()) - before).toBeLessThanOrEqual(3 * NAMES.length);
  });

  test('of two who look at the same machine reads it once', async () => {
    const both = [await live('&machines=web-1'), await live('&machines=web-1')];
    await waitFor(() => both.every(stream => stream.of('values').length >= 2), { timeoutMs: 15_000 });
    const before = await probes();
    const seen = both[0]?.of('values').length ?? 0;
    await waitFor(() => (both[0]?.of('values').length ?? 0) >= seen + 5, { timeoutMs: 15_000 });
    const reads = (await probes()) - before;
    expect(reads).toBeLessThanOrEqual(7 + 2 * NAMES.length);
    for (const stream of both) stream.close();
  });

  test('tells a state change with its sequence, and tells it again to one who resumes', async () => {
    const stream = await live();
    const hello = await waitForFirst(stream, 'hello');
    expect(hello.id).toBe(String(hello.data['sequence']));
    await agents.setFault(2, { kind: '403', on: 'everything' });
    const change = await waitForFirst(stream, 'verdict', 60_000);
    expect(change.data).toMatchObject({ kind: 'machine', machine: 'db-1', from: 'up', to: 'down', reason: 'denied' });
    expect(change.id).toBe(String(change.data['sequence']));
    stream.close();

    const resumed = await live('', { 'last-event-id': String(hello.data['sequence']) });
    expect((await waitForFirst(resumed, 'verdict')).data).toEqual(change.data);
    resumed.close();

    const fresh = await live();
    await waitFor(() => fresh.of('values').length >= 2, { timeoutMs: 15_000 });
    expect(fresh.of('verdict')).toEqual([]);
    await agents.setFault(2, null);
    expect((await waitForFirst(fresh, 'verdict', 60_000)).data).toMatchObject({
      machine: 'db-1',
      from: 'down',
      to: 'up',
    });
    fresh.close();
  });
});

test('a live stream is not opened by a HEAD request', async () => {
  const { headers } = await api.head('/api/v1/live?network=acme').expect(200);
  expect(headers['content-type']).toBe('text/event-stream; charset=utf-8');
});

async function waitForFirst(
  stream: EventStream,
  event: string,
  timeoutMs = 15_000,
): Promise<EventStream['events'][number]> {
  await waitFor(() => stream.of(event).length > 0, { timeoutMs });
  const [first] = stream.of(event);
  if (first === undefined) throw new Error('unreachable');
  return first;
}

describe('a changed network file', () => {
  test('is taken over without a restart, and raised when its version was not', async () => {
    await server.network(network(agents.urls, [...NAMES, 'web-3']));
    await waitFor(async () => (await stateOf('web-3')) === 'up', { timeoutMs: 60_000 });
    const { body } = await api.get('/api/v1/networks');
    expect(body.items[0].version).toBe(2);
  });

  test('that is wrong changes nothing, and the log says what is wrong and where', async () => {
    await server.network(`network_id: acme\nversion: 3\nmachines:\n  - { name: x, netdata: nonsense }\n`);
    await waitFor(() => server.log.some(line => line.includes('network.yml:4')), { timeoutMs: 15_000 });
    expect((await machines()).map(machine => machine.name)).toEqual(['db-1', 'web-1', 'web-2', 'web-3']);
  });
});
