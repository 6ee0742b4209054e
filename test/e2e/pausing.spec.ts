import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFakeAgents, type RunningAgents } from '../support/hostile-agents.ts';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, waitFor, type DisposableDatabase } from '../support/services.ts';
import { ask, type Reply } from './ask.ts';
import { EventStream } from './event-stream.ts';
import { People } from './people.ts';

let agents: RunningAgents;
let database: DisposableDatabase;
let server: ServerProcess;
let people: People;

beforeAll(async () => {
  agents = await startFakeAgents({ count: 2, ports: 'each' });
  database = await createDatabase(databases()[0]?.url ?? '');
  server = await ServerProcess.create({ DATABASE_URL: database.url, WINDOW: '10s', WINDOW_GRACE: '1s' });
  await server.network(`network_id: acme
version: 1
machines:
  - { name: a, netdata: "${agents.urls[0]}" }
`);
  await server.start();
  people = await People.of(server.url);
});
afterAll(async () => {
  await server?.dispose();
  await agents?.stop();
  await database?.drop();
});

const does = (method: string, path: string, body?: unknown): Promise<Reply> =>
  ask(server.url, { method, path: `/api/v1/networks/acme/${path}`, headers: { cookie: people.admin.cookie }, body });
interface View {
  readonly verdict: { readonly state: string; readonly reason: string | null };
  readonly pause: { readonly by: string; readonly until: string | null; readonly note: string | null } | null;
}
const view = async (): Promise<View> => (await does('GET', 'machines/a')).body as unknown as View;
const stateIs = (state: string): Promise<void> =>
  waitFor(async () => (await view()).verdict.state === state, { timeoutMs: 40_000 });
const requests = async (): Promise<number> =>
  Object.values(await agents.requests()).reduce((sum, count) => sum + count, 0);
const rows = async (): Promise<unknown[][]> =>
  (await does('GET', 'machines/a/metrics?resolution=10s')).body['rows'] as unknown[][];

describe('a machine that is paused', { timeout: 120_000 }, () => {
  test('is in maintenance at once, asked nothing by anybody, and up again soon after it was resumed', async () => {
    await stateIs('up');
    const stream = await EventStream.open(`${server.url}/api/v1/live?network=acme`, await server.headers());
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const paused = await does('POST', 'machines/a/pause', { until, note: 'new disks' });
    expect([paused.status, paused.body]).toEqual([
      200,
      { by: people.admin.email, since: expect.any(String) as string, until, note: 'new disks' },
    ]);
    await stateIs('maintenance');
    expect(await view()).toMatchObject({
      verdict: { state: 'maintenance', reason: null },
      pause: { by: people.admin.email, until, note: 'new disks' },
    });

    await waitFor(async () => (await rows()).some(row => row[1] === false), { timeoutMs: 60_000 });
    const before = await requests();
    const countBefore = (await rows()).length;
    await waitFor(async () => (await rows()).length >= countBefore + 2, { timeoutMs: 60_000 });
    expect(await requests()).toBe(before);
    const ofPause = (await rows()).slice(countBefore);
    expect(ofPause.map(row => [row[1], row[2]])).toEqual(ofPause.map(() => [false, 'unobserved']));
    const values = stream.of('values').at(-1)?.data['machines'] as Record<string, unknown>;
    expect(values['a'] ?? null).toBeNull();
    stream.close();

    expect((await does('DELETE', 'machines/a/pause')).status).toBe(204);
    expect((await view()).pause).toBeNull();
    await stateIs('up');
    const { body } = await does('GET', 'events?limit=3');
    expect(
      (body['items'] as { from: string; to: string }[]).map(({ from, to }) => `${from}→${to}`).slice(0, 2),
    ).toEqual(['maintenance→up', 'up→maintenance']);
  });

  test('is resumed by itself when its time has come', async () => {
    await stateIs('up');
    const until = new Date(Date.now() + 4_000).toISOString();
    await does('POST', 'machines/a/pause', { until });
    await stateIs('maintenance');
    await stateIs('up');
    expect((await view()).pause).toBeNull();
    const { body } = await people.does({ path: '/api/v1/audit?limit=2' });
    expect((body['items'] as { action: string; actor: string }[]).map(({ action, actor }) => [action, actor])).toEqual([
      ['machine.resume', 'server'],
      ['machine.pause', people.admin.email],
    ]);
  });

  test.each([
    ['until a time that is over', { until: '2020-01-01T00:00:00Z' }, 'until'],
    ['until no time', { until: 'tomorrow' }, 'until'],
    ['with a note of many lines', { note: 'a\nb' }, 'note'],
    ['with what there is not', { untill: null }, 'untill'],
  ])('is not paused %s', async (_what, body, path) => {
    const reply = await does('POST', 'machines/a/pause', body);
    expect([reply.status, reply.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(reply.body['errors']).toEqual([expect.objectContaining({ path })]);
    expect((await view()).pause).toBeNull();
  });

  test('that is not there is neither paused nor resumed', async () => {
    for (const method of ['POST', 'DELETE']) {
      const reply = await does(method, 'machines/nope/pause', method === 'POST' ? {} : undefined);
      expect([reply.status, reply.code]).toEqual([404, 'MACHINE_NOT_FOUND']);
    }
  });

  test('is paused still after the server was killed', async () => {
    await does('POST', 'machines/a/pause', {});
    await stateIs('maintenance');
    await server.kill();
    await server.start();
    people = await People.of(server.url);
    expect((await view()).pause).toMatchObject({ by: people.admin.email, until: null });
    const before = await requests();
    const count = (await rows()).length;
    await waitFor(async () => (await rows()).length > count, { timeoutMs: 60_000 });
    expect(await requests()).toBe(before);
    await does('DELETE', 'machines/a/pause');
  });
});

describe('an agent is tested', () => {
  test('before it is watched, and nothing of it is stored', async () => {
    const { body } = await does('POST', 'machines/test', { netdata: agents.urls[1] });
    expect(body).toMatchObject({
      reachable: true,
      reason: null,
      advice: null,
      agent: { version: expect.any(String) as string },
    });
    const refused = await does('POST', 'machines/test', { netdata: 'http://127.0.0.1:1', via: null, auth: null });
    expect([refused.status, refused.body]).toEqual([
      200,
      {
        reachable: false,
        reason: 'refused',
        detail: expect.stringContaining('127.0.0.1') as string,
        advice: expect.stringContaining('Netdata') as string,
        latencyMs: null,
        clockOffsetMs: null,
        agent: null,
      },
    ]);
    expect(((await does('GET', 'machines')).body['items'] as unknown[]).length).toBe(1);
  });

  test('with a secret, and the audit log says where it was sent', async () => {
    const netdata = agents.urls[1];
    const entries = async (): Promise<unknown> =>
      (await people.does({ path: '/api/v1/audit?action=machine.test' })).body['items'];
    expect(await entries()).toEqual([]);
    const tested = await does('POST', 'machines/test', { netdata, auth: 'nobody' });
    expect([tested.status, tested.body['reason']]).toEqual([200, 'unobserved']);
    expect(await entries()).toEqual([
      expect.objectContaining({
        actor: people.admin.email,
        subject: 'network:acme',
        details: { netdata, auth: 'nobody', via: null },
      }),
    ]);
  });

  test.each([
    [{}, 'netdata'],
    [{ netdata: 'ftp://10.0.0.1' }, 'netdata'],
    [{ netdata: 'http://user:secret@10.0.0.1' }, 'netdata'],
    [{ netdata: 'file:///etc/passwd' }, 'netdata'],
    [{ netdata: 'http://10.0.0.1/?token=secret' }, 'netdata'],
    [{ netdata: 'http://10.0.0.1', auth: 'a b' }, 'auth'],
    [{ netdata: 'http://10.0.0.1', via: 5 }, 'via'],
  ])('only at what the file could name: not %j', async (body, path) => {
    const reply = await does('POST', 'machines/test', body);
    expect([reply.status, (reply.body['errors'] as { path: string }[]).map(error => error.path)]).toEqual([
      400,
      [path],
    ]);
    expect(reply.text).not.toContain('secret');
  });

  test('not by those who only see', async () => {
    const user = await people.invite({ role: 'user' });
    const before = await requests();
    const path = '/api/v1/networks/acme/machines/test';
    const body = { netdata: agents.urls[1] };
    for (const [headers, status] of [
      [{}, 401],
      [{ cookie: user.cookie }, 403],
    ] as const)
      expect((await ask(server.url, { method: 'POST', path, headers, body })).status).toBe(status);
    expect(await requests()).toBe(before);
  });
});
