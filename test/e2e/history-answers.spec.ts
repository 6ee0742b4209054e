import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import { at, DAY, DAYS, HOUR, MINUTE, NETWORK, range, START, useHistory, WEB, WINDOW } from './stored-history.ts';

const history = useHistory();

describe('CSV', () => {
  test('has the same lines as JSON has rows', async () => {
    const query = `${range(29 * WINDOW, 35 * WINDOW)}&metrics=cpu,memory&parts=avg`;
    const { columns, rows } = await history.read(query);
    const { text, headers } = await history.api.get(`${WEB}/metrics?${query}`).set('accept', 'text/csv').expect(200);
    expect(headers['content-type']).toContain('text/csv');
    expect(headers['content-disposition']).toBeUndefined();
    const lines = text.split('\r\n');
    expect(lines.pop()).toBe('');
    expect(lines).toEqual(
      [columns, ...rows].map(cells => cells.map(cell => (cell === null ? '' : String(cell))).join(',')),
    );
  });

  test('is a download when it is asked for by name, and no name in it is a formula', async () => {
    const query = `${range(0, HOUR)}&format=csv&charts=net.eth0&metrics=cpu&parts=avg`;
    const { text, headers } = await history.api.get(`${WEB}/metrics?${query}`).expect(200);
    expect(headers['content-disposition']).toBe(
      `attachment; filename=acme-web-1-${at(0).slice(0, 10)}-${at(0).slice(0, 10)}.csv`,
    );
    expect(text.split('\r\n')[0]).toContain('net.eth0.=sent.avg');
    expect(text).toContain(',-7');
  });

  test('of several machines has their names first', async () => {
    const query = `machines=web-2,web-1&metrics=cpu&parts=avg&${range(0, WINDOW)}&format=csv`;
    const { text } = await history.api.get(`${NETWORK}/metrics?${query}`).expect(200);
    const [head, ...lines] = text.trimEnd().split('\r\n');
    expect(head?.split(',').slice(0, 2)).toEqual(['machine', 'time']);
    expect(lines.map(line => line.split(',')).map(cells => [cells[0], cells.at(-1)])).toEqual([
      ['web-2', '1000'],
      ['web-1', '0'],
    ]);
  });

  test('of one metric has all machines', async () => {
    const { text } = await history.api
      .get(`${NETWORK}/metrics/cpu?${range(0, DAY)}&resolution=1d&format=csv`)
      .expect(200);
    expect(
      text
        .trimEnd()
        .split('\r\n')
        .map(line => line.split(',')[0]),
    ).toEqual(['machine', 'web-1', 'web-2']);
  });

  test('may be longer than JSON: every window of twelve days, page after page', async () => {
    const { text } = await history.api
      .get(`${WEB}/metrics?${range(0, 300 * DAY)}&resolution=10m&format=csv`)
      .expect(200);
    const times = text
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map(line => line.split(',')[0]);
    const recent = times.filter(time => String(time) >= at(DAYS * DAY));
    expect(times.length - recent.length).toBe((DAYS * DAY) / WINDOW);
    expect(new Set(times).size).toBe(times.length);
  });
});

describe('what is asked for again', () => {
  const past = (): string => `${WEB}/metrics?${range(DAY, 2 * DAY)}`;
  const cacheControl = async (path: string): Promise<string | undefined> =>
    (await history.api.get(path).expect(200)).headers['cache-control'];

  test('may be kept when it will not change', async () => {
    expect(await cacheControl(past())).toBe('private, max-age=3600');
    expect(await cacheControl(`${past()}&resolution=1d`)).toBe('private, max-age=3600');
  });

  test('is asked for each time when it may, and is not sent again when it did not', async () => {
    const recent = `${WEB}/metrics?from=${at(DAY)}&to=now&resolution=1d`;
    const { headers } = await history.api.get(recent).expect(200);
    expect(headers['cache-control']).toBe('private, no-cache');
    // "now" goes on, and the answer says so.
    const path = `${WEB}/metrics?${range(DAY, 70 * DAY)}&resolution=1d`;
    const first = await history.api.get(path).expect(200);
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const again = await history.api.get(path).set('if-none-match', first.headers['etag'] ?? '');
    expect([again.status, again.text]).toEqual([304, '']);
  });

  test('may change while a gap in it is open', async () => {
    const windowStart = new Date(START - DAY);
    const open = {
      machineId: history.ids['db-1'] ?? 0,
      windowStart,
      collectedAt: new Date(windowStart.getTime() + WINDOW),
    };
    const nothing = { filledAt: null, conclusion: null, fullestMount: null, charts: {}, metrics: {}, source: null };
    await history.storage.metricRows.write([{ ...open, ...nothing, reachable: false, reason: 'timeout' }]);
    const day = `${NETWORK}/machines/db-1/metrics?${range(-DAY, 0)}`;
    expect(await cacheControl(day)).toBe('private, no-cache');
    expect(await cacheControl(`${NETWORK}/machines/db-1/metrics?${range(-2 * DAY, -DAY)}`)).toBe(
      'private, max-age=3600',
    );
  });
});

/** A machine was in maintenance from one time after START to another, before everything else that is known of it. */
async function maintained(machineId: number, [from, to]: readonly [number, number]): Promise<void> {
  const client = new Client({ connectionString: history.database.url });
  await client.connect();
  try {
    await client.query(
      `insert into verdict_transition (transition_id, machine_id, from_state, to_state, because, at)
       overriding system value values (-2, $1, 'up', 'maintenance', 'work', $2), (-1, $1, 'maintenance', 'up', 'done', $3)`,
      [machineId, at(from), at(to)],
    );
  } finally {
    await client.end();
  }
}

describe('uptime', () => {
  const uptime = async (query: string): Promise<Record<string, unknown>> =>
    history.server.api(`${WEB}/uptime?${query}`);

  test('comes from the checks, without maintenance, and says so', async () => {
    const machineId = history.ids['web-1'] ?? 0;
    const probe = (window: number, second: number, reason: 'timeout' | null) => {
      const dueAt = new Date(START + window * WINDOW + second * 1000);
      const silent = { clockOffsetMs: null, values: null, fullestMount: null, detail: null, measures: null };
      return {
        machineId,
        monitor: 'netdata',
        observer: 'old',
        dueAt,
        observedAt: dueAt,
        reason,
        latencyMs: 1,
        ...silent,
      };
    };
    const windows = [0, 1, 2, 3];
    await history.storage.observations.record(
      windows.flatMap(window => [probe(window, 0, null), probe(window, 10, window === 2 ? 'timeout' : null)]),
      WINDOW,
    );
    const asked = range(0, 4 * WINDOW);
    const before = await uptime(asked);
    expect(before).toMatchObject({
      monitor: 'netdata',
      uptime: { percent: 87.5, probes: 8, failures: 1 },
      monitors: [{ monitor: 'netdata', percent: 87.5, probes: 8, failures: 1 }],
      maintenance: { windows: 0, minutes: 0 },
    });
    expect(await uptime(range(0, 2 * WINDOW))).toMatchObject({ uptime: { percent: 100, probes: 4 } });
    expect(await uptime(range(-DAY, 0))).toMatchObject({ uptime: { percent: null, probes: 0 }, monitors: [] });
    await maintained(machineId, [WINDOW + MINUTE, 2 * WINDOW + 5 * MINUTE]);
    expect(await uptime(asked)).toMatchObject({
      uptime: { percent: 100, probes: 4, failures: 0 },
      maintenance: { windows: 2, minutes: 20 },
    });
  });
});

describe('gaps', () => {
  const gaps = async (query: string): Promise<{ items: Record<string, unknown>[]; next: string | null }> =>
    history.server.api(`${WEB}/gaps?${query}`);

  test('are told newest first, with what they turned out to be', async () => {
    const { items, next } = await gaps(range(0, DAY));
    expect(next).toBeNull();
    expect(items).toEqual([
      {
        from: at(33 * WINDOW),
        to: at(34 * WINDOW),
        windows: 1,
        reason: 'unobserved',
        conclusion: 'distomon',
        noticedAt: at(34 * WINDOW + 7_000),
        filledAt: null,
      },
      {
        from: at(30 * WINDOW),
        to: at(33 * WINDOW),
        windows: 3,
        reason: 'timeout',
        conclusion: 'no_data',
        noticedAt: at(31 * WINDOW + 7_000),
        filledAt: null,
      },
    ]);
  });

  test('come in pages', async () => {
    const first = await gaps(`${range(0, DAY)}&limit=1`);
    expect(first.items).toMatchObject([{ windows: 1 }]);
    const second = await gaps(`${range(0, DAY)}&limit=1&cursor=${first.next}`);
    expect(second.items).toMatchObject([{ windows: 3 }]);
    expect(second.next).toBeNull();
    expect((await gaps(`${range(0, DAY)}&cursor=0`)).items).toEqual([]);
    expect((await gaps(`${range(0, DAY)}&cursor=999999999999999`)).items).toHaveLength(2);
  });
});
