import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFakeAgents, truthOf, type RunningAgents } from '../support/hostile-agents.ts';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, waitFor, type DisposableDatabase } from '../support/services.ts';
import { ask, type Reply } from './ask.ts';
import { People, type Person } from './people.ts';

const GIB = 1024 ** 3;
let agents: RunningAgents;
let database: DisposableDatabase;
let server: ServerProcess;
let people: People;
let user: Person;

interface DevicesView {
  readonly network: string;
  readonly machine: string;
  readonly readAt: string;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly mounts: readonly Record<string, unknown>[] | null;
  readonly interfaces: readonly { readonly name: string; readonly in: number; readonly out: number }[] | null;
}
interface HistoryView {
  readonly resolution: string;
  readonly remembersSince: string | null;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

beforeAll(async () => {
  agents = await startFakeAgents({ count: 2 });
  database = await createDatabase(databases()[0]?.url ?? '');
  server = await ServerProcess.create({ DATABASE_URL: database.url, RATE_LIMIT: '0' });
  await server.network(`network_id: acme
version: 1
machines:
  - { name: web-1, netdata: "${agents.urls[0]}" }
  - { name: web-2, netdata: "${agents.urls[1]}" }
  - { name: here, host: true }
  - { name: gone, netdata: "http://127.0.0.1:9" }
`);
  await server.start();
  people = await People.of(server.url);
  user = await people.invite({ role: 'user' });
});
afterAll(async () => {
  await server?.dispose();
  await agents?.stop();
  await database?.drop();
});

const get = (machine: string, rest = '', by: Person = people.admin): Promise<Reply> =>
  ask(server.url, {
    path: `/api/v1/networks/acme/machines/${machine}/devices${rest}`,
    headers: { cookie: by.cookie },
  });
const devicesOf = async (machine: string, by?: Person): Promise<DevicesView> => {
  const reply = await get(machine, '', by);
  expect(reply.status).toBe(200);
  return reply.body as unknown as DevicesView;
};
const historyOf = async (machine: string, query: string): Promise<HistoryView> => {
  const reply = await get(machine, `/history?${query}`);
  expect(reply.status).toBe(200);
  return reply.body as unknown as HistoryView;
};

describe('the devices of a machine', () => {
  test('are told to a user, as they are now', async () => {
    const before = Date.now();
    const { readAt, mounts, interfaces, ...rest } = await devicesOf('web-2', user);
    const truths = [-2, -1, 0, 1].map(ago => truthOf(1, Math.floor(Date.now() / 1000) + ago));
    expect(rest).toEqual({ network: 'acme', machine: 'web-2', reason: null, detail: null });
    expect(Date.parse(readAt)).toBeGreaterThanOrEqual(before - 1);
    const { diskUsedGib: used, diskAvailGib: avail } = truthOf(1, 0);
    expect(mounts).toEqual([
      {
        mount: '/',
        usedPercent: (100 * used) / (used + avail),
        usedBytes: used * GIB,
        totalBytes: (used + avail + 5) * GIB,
      },
    ]);
    expect(interfaces?.map(({ name }) => name)).toEqual(['eth0']);
    expect(truths.map(({ inKilobits }) => inKilobits * 125)).toContain(interfaces?.[0]?.in);
    expect(truths.map(({ outKilobits }) => outKilobits * 125)).toContain(interfaces?.[0]?.out);
  });

  test('of this host come from itself', async () => {
    const { reason, mounts, interfaces } = await devicesOf('here', user);
    expect(reason).toBeNull();
    expect(mounts?.some(({ mount }) => mount === '/')).toBe(true);
    expect(interfaces).not.toBeNull();
    expect(interfaces?.some(({ name }) => name === 'lo')).toBe(false);
  });

  test('of one that cannot be read are not there, and it is said why', async () => {
    const { reason, detail, mounts, interfaces } = await devicesOf('gone', user);
    expect([reason, mounts, interfaces]).toEqual(['refused', null, null]);
    expect(detail).toContain('127.0.0.1:9');
  });

  test('are read once for all who look at the same time, and not kept for anybody who looks later', async () => {
    const reads = async (): Promise<number> => (await agents.requests())['allmetrics'] ?? 0;
    const before = await reads();
    const seen = await Promise.all(Array.from({ length: 20 }, () => devicesOf('web-1', user)));
    // Probes go on beside it: one of each of the two machines at most in that moment.
    expect((await reads()) - before).toBeLessThanOrEqual(4);
    const [first] = seen;
    await waitFor(async () => (await devicesOf('web-1', user)).readAt !== first?.readAt);
    const { headers } = await get('web-1');
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('what an agent remembers of a device', () => {
  test('is told to an admin in the columns of history, from when it began', async () => {
    const column = async (name: string): Promise<unknown[]> => {
      const { columns, rows } = await historyOf('web-1', 'interface=eth0&from=-1h');
      return rows.map(row => row[columns.indexOf(name)]);
    };
    await waitFor(async () => (await column('time')).length >= 3);
    const { resolution, remembersSince, columns, rows, reason } = await historyOf('web-1', 'interface=eth0&from=-1h');
    expect([resolution, reason]).toEqual(['1s', null]);
    expect(columns.slice(0, 5)).toEqual(['time', 'reachable', 'reason', 'samples', 'source']);
    expect(columns.slice(-6)).toEqual(['in.avg', 'in.min', 'in.max', 'out.avg', 'out.min', 'out.max']);
    expect(rows[0]?.[0]).toBe(remembersSince);
    for (const row of rows) {
      const { inKilobits, outKilobits } = truthOf(0, Date.parse(String(row[0])) / 1000 + 1);
      expect(row.slice(-6)).toEqual([...Array(3).fill(inKilobits * 125), ...Array(3).fill(outKilobits * 125)]);
    }
  });

  test.each([
    ['a mount that is not there', 'web-1', 'mount=/nope', 'no_data'],
    ['this host, which remembers nothing of single devices', 'here', 'mount=/', 'no_data'],
    ['one that cannot be read', 'gone', 'mount=/', 'refused'],
    ['the time before', 'web-1', 'mount=/&from=-9d&to=-8d', 'no_data'],
  ])('of %s is nothing, and it is said why', async (_what, machine, query, reason) => {
    const { rows, detail, ...rest } = await historyOf(machine, query);
    expect(rest).toMatchObject({ reason });
    expect(rows).toEqual([]);
    expect(detail).toMatch(/\.$/);
  });

  test('is not told to a user', async () => {
    const reply = await get('web-1', '/history?mount=/', user);
    expect([reply.status, reply.code]).toEqual([403, 'FORBIDDEN']);
  });

  test.each([
    ['no device', '', 'INVALID_REQUEST'],
    ['two devices', 'mount=/&interface=eth0', 'INVALID_REQUEST'],
    ['a name of two lines', 'mount=%2Fa%0Ab', 'INVALID_REQUEST'],
    ['a reversed range', 'mount=/&from=now&to=-1h', 'INVALID_RANGE'],
    ['three years', 'mount=/&from=-1096d', 'INVALID_RANGE'],
    ['another resolution', 'mount=/&resolution=1s', 'INVALID_REQUEST'],
  ])('is refused to who asks for %s', async (_what, query, code) => {
    const reply = await get('web-1', `/history?${query}`);
    expect([reply.status, reply.code]).toEqual([400, code]);
  });

  test.each(['', '/history?mount=/'])('is that of a machine that there is: %s', async rest => {
    const reply = await get('nobody', rest);
    expect([reply.status, reply.code]).toEqual([404, 'MACHINE_NOT_FOUND']);
  });
});
