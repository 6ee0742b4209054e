import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../support/services.ts';
import { ask, type Question, type Reply } from './ask.ts';
import { documentedRoutes, filled, nameOf, type DocumentedRoute } from './documented-routes.ts';
import { EventStream } from './event-stream.ts';
import { MarkedPast } from './marked-past.ts';
import { pastIn, REMEMBERED } from './past-in.ts';
import { People, type Person } from './people.ts';

const past = new MarkedPast();
let people: People;
let user: Person;
let usersToken: string;
let routes: readonly DocumentedRoute[];
/** From here on everything is the present. */
let begin: Date;

beforeAll(async () => {
  await past.begin();
  people = await People.of(past.server.url);
  user = await people.invite({ role: 'user' });
  usersToken = (await people.token(user, ['metrics:read'])).secret;
  routes = (await documentedRoutes(past.server.url, people.admin.cookie)).filter(({ method }) => method === 'GET');
  begin = new Date();
});
afterAll(() => past.end());

const LIVE = '/api/v1/live';
const NAMES: Readonly<Record<string, string>> = {
  network: 'acme',
  machine: 'web-1',
  machines: 'web-1',
  service: 'shop',
  metric: 'cpu',
  user: '1',
};

/** What every parameter of a query is tried with, so that a new one cannot be forgotten. */
function valuesOf(name: string): readonly string[] {
  const start = past.start.toISOString();
  const values: Readonly<Record<string, readonly string[]>> = {
    from: ['-70d', start],
    to: ['now', new Date(past.start.getTime() + 86_400_000).toISOString()],
    resolution: ['1s', '10m', '1h', '1d'],
    format: ['json', 'csv'],
    metrics: ['cpu'],
    parts: ['avg,min,max'],
    samples: ['all'],
    charts: ['net.eth0'],
    machines: ['web-1', 'shop'],
    machine: ['web-1'],
    kind: ['machine', 'service'],
    mount: ['/'],
    interface: ['eth0'],
    network: ['acme'],
    limit: ['1', '1000'],
    cursor: ['a', '9999999999999', '1'],
    after: ['0', '1'],
    ...Object.fromEntries(['rows', 'hours', 'days', 'events'].map(resolution => [resolution, ['1d']])),
    action: ['session.begin'],
    actor: [people.admin.email],
    subject: ['account:1'],
    next: ['/'],
    state: ['x', 'down'],
    code: ['x'],
    error: ['x'],
  };
  const known = values[name];
  if (known === undefined) throw new Error(`this test does not know the parameter "${name}": say what to try it with`);
  return known;
}

/** The route with what it needs, then with each of its parameters, then with each of them and a long range. */
function pathsOf(route: DocumentedRoute): string[] {
  const bare = filled(route, NAMES);
  const named = route.parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name);
  const ranged = named.includes('from') ? [bare, withQuery(bare, 'from=-70d')] : [bare];
  const more = ranged.flatMap(path =>
    named.flatMap(name => valuesOf(name).map(value => withQuery(path, `${name}=${encodeURIComponent(value)}`))),
  );
  return [...ranged, ...more];
}

function withQuery(path: string, query: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

type Headers = Readonly<Record<string, string>>;
const asAdmin = (): Headers => ({ cookie: people.admin.cookie });
/** Not as one on this machine itself, who may read /metrics. */
const asUser = (): Headers => ({ cookie: user.cookie, 'x-forwarded-for': '192.0.2.7' });
const asUsersToken = (): Headers => ({ authorization: `Bearer ${usersToken}`, 'x-forwarded-for': '192.0.2.7' });

const send = (path: string, headers: Headers, method = 'GET'): Promise<Reply> =>
  ask(past.server.url, { method, path, headers } satisfies Question);

/** What an answer tells of the past, in its body and in its headers. */
function told({ text, headers, status }: Reply, hidden: boolean): string[] {
  const { date: _date, ...rest } = headers;
  const confirmed = status === 304 && hidden ? ['304: what the admin got is still so'] : [];
  return [...confirmed, ...pastIn(text, begin), ...pastIn(JSON.stringify(rest), begin)];
}

/** The ways to ask for the same: as JSON, as CSV, only its head, a piece of it, and whether it has changed. */
function waysOf(tag: string | undefined): { readonly method: string; readonly headers: Headers }[] {
  return [
    { method: 'GET', headers: {} },
    { method: 'GET', headers: { accept: 'text/csv' } },
    { method: 'GET', headers: { range: 'bytes=0-100000', 'last-event-id': '1' } },
    { method: 'HEAD', headers: {} },
    ...(tag === undefined ? [] : [{ method: 'GET', headers: { 'if-none-match': tag } }]),
  ];
}

/** What a user is told of the past, in whatever way he asks for it; and what broke. */
async function toldInAnyWay(path: string, tag: string | undefined, isHidden: boolean): Promise<string[]> {
  const found: string[] = [];
  for (const as of [asUser(), asUsersToken()]) {
    for (const { method, headers } of waysOf(tag)) {
      const reply = await send(path, { ...as, ...headers }, method);
      const wrong = reply.status >= 500 ? [`${reply.status}`] : told(reply, isHidden);
      found.push(...wrong.map(what => `${method} ${path} ${Object.keys({ ...as, ...headers }).join(' ')}: ${what}`));
    }
  }
  return found;
}

describe('a user', () => {
  test('is told nothing of the past by any route, parameter or form, and an admin is', async () => {
    const toldToUser: string[] = [];
    const toldToAdmin = new Set<string>();
    for (const route of routes.filter(({ path }) => path !== LIVE)) {
      for (const path of pathsOf(route)) {
        const answer = await send(path, asAdmin());
        const isHidden = told(answer, false).length > 0;
        if (isHidden) toldToAdmin.add(nameOf(route));
        toldToUser.push(...(await toldInAnyWay(path, answer.headers.etag, isHidden)));
      }
    }
    expect(toldToUser).toEqual([]);
    // What is looked for can be found: whoever may have it gets it.
    expect([...toldToAdmin]).toEqual(
      expect.arrayContaining([
        'GET /api/v1/networks/{network}/machines/{machine}/metrics',
        'GET /api/v1/networks/{network}/machines/{machine}/uptime',
        'GET /api/v1/networks/{network}/machines/{machine}/gaps',
        'GET /api/v1/networks/{network}/machines/{machine}/devices/history',
        'GET /api/v1/networks/{network}/events',
        'GET /api/v1/networks/{network}/metrics',
        'GET /api/v1/networks/{network}/metrics/{metric}',
        'GET /api/v1/networks/{network}/services',
        'GET /api/v1/networks/{network}/services/{service}',
        'GET /api/v1/networks/{network}/services/{service}/checks',
        'GET /api/v1/storage',
      ]),
    );
  });

  test('sees of a service its state and last check, but not how it was lately', async () => {
    const of = async (headers: Headers): Promise<Record<string, unknown>> =>
      (await send('/api/v1/networks/acme/services/shop', headers)).body;
    const [admins, users] = [await of(asAdmin()), await of(asUser())];
    expect(users).toMatchObject({ name: 'shop', verdict: { state: 'up' }, latest: { reachable: true } });
    expect([users['uptime'], users['latency']]).toEqual([null, null]);
    expect(admins['uptime']).not.toBeNull();
    expect(admins['latency']).not.toBeNull();
  });

  test('sees of a machine its last values and since when its state is what it is', async () => {
    const { body } = await send('/api/v1/networks/acme/machines/web-1', asUser());
    expect(body).toMatchObject({ verdict: { state: 'up', since: expect.any(String) as string } });
    expect((body['latest'] as { values: { cpu: number } }).values.cpu).toBeGreaterThan(0);
  });

  test('is refused by every other method, too', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY', 'PROPFIND']) {
      const reply = await send('/api/v1/networks/acme/machines/web-1/metrics?from=-70d', asUser(), method);
      expect([method, told(reply, true), reply.status < 400]).toEqual([method, [], false]);
    }
  });
});

describe('a live stream', () => {
  const WAYS: readonly (readonly [string, string, Headers])[] = [
    ['afresh', '', {}],
    ['after the first change', '&after=1', {}],
    ['before all changes', '&after=0', {}],
    ['by the header that resumes', '', { 'last-event-id': '1' }],
    ['by that header from the beginning', '', { 'last-event-id': '0' }],
    ['by both, of one machine', '&after=1&machines=web-1', { 'last-event-id': '1' }],
  ];
  const open = (query: string, headers: Headers): Promise<EventStream> =>
    EventStream.open(`${past.server.url}${LIVE}?network=acme${query}`, headers);
  const because = (stream: EventStream): unknown[] => stream.of('verdict').map(({ data }) => data['because']);
  const newest = async (): Promise<number> => {
    const stream = await open('', asAdmin());
    await waitFor(() => stream.of('hello').length > 0);
    stream.close();
    return Number(stream.of('hello')[0]?.data['sequence']);
  };

  test.each(WAYS)('of a user that is opened %s begins now', async (_what, query, headers) => {
    const streams = await Promise.all([asUser(), asUsersToken()].map(as => open(query, { ...as, ...headers })));
    await waitFor(() => streams.every(stream => stream.of('values').length >= 2), { timeoutMs: 20_000 });
    for (const stream of streams) {
      expect(stream.of('hello')[0]?.data['sequence']).toBe(await newest());
      expect(stream.of('verdict')).toEqual([]);
      expect(stream.events.flatMap(({ data }) => pastIn(JSON.stringify(data), begin))).toEqual([]);
      stream.close();
    }
  });

  test('of an admin tells what was missed', async () => {
    const stream = await open('&after=1', asAdmin());
    await waitFor(() => stream.of('values').length >= 1, { timeoutMs: 20_000 });
    expect(because(stream)).toContain(REMEMBERED);
    stream.close();
  });

  test('of a user tells what happens from then on', async () => {
    const stream = await open('&after=0', asUser());
    await waitFor(() => stream.of('values').length >= 1, { timeoutMs: 20_000 });
    await past.change('it happens now', new Date());
    await waitFor(() => because(stream).length > 0, { timeoutMs: 20_000 });
    expect(because(stream)).toEqual(['it happens now']);
    stream.close();
  });
});
