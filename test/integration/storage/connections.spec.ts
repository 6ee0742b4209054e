import { describe, expect, it } from 'vitest';
import { closeQueuePool, createQueuePool, openStorage } from '#storage';
import { databases, waitFor } from '../../support/services.ts';
import { asAdministrator, machine, useStorage, versionOf } from './fixtures.ts';

describe.each(databases())('connections on $name', ({ url }) => {
  const opened = useStorage(url);
  // Of this test's own database: other tests, which run beside it, have sessions of the same name on the same server.
  const SESSIONS = 'from pg_stat_activity where datname = current_database() and application_name = $1';
  const sessionsOf = async (application: string): Promise<number> => {
    const sql = `select count(*)::int as sessions ${SESSIONS}`;
    const [row] = await asAdministrator<{ sessions: number }>(opened.database.url, sql, [application]);
    return row!.sessions;
  };
  const killSessionsOf = (application: string): Promise<unknown> =>
    asAdministrator(opened.database.url, `select pg_terminate_backend(pid) ${SESSIONS}`, [application]);

  it('uses at most as many connections as it is allowed, and none after close', async () => {
    const storage = await openStorage({ url: opened.database.url, maxConnections: 3, applicationName: 'limited' });
    await Promise.all(Array.from({ length: 20 }, () => storage.ping()));
    expect(await sessionsOf('limited')).toBe(3);
    await storage.close();
    await waitFor(async () => (await sessionsOf('limited')) === 0);
  });

  it('a server that drops its connections costs at most the queries in flight', async () => {
    const storage = await openStorage({ url: opened.database.url, applicationName: 'dropped' });
    await storage.networks.acceptVersion(versionOf('dropped', 1, [machine('a')]));
    await killSessionsOf('dropped');
    await waitFor(async () => (await storage.machines.list('dropped')).length === 1);
    // All of the pool, not only the one connection that happened to be used.
    const lists = await Promise.all(Array.from({ length: 20 }, () => storage.machines.list('dropped')));
    expect(lists.flat()).toHaveLength(20);
    await storage.close();
  });

  it('a queue pool lives in its own schema, does not wait for the disk, and survives the loss of its connections', async () => {
    const pool = createQueuePool(opened.database.url, 2);
    const show = async (name: string): Promise<unknown> =>
      (await pool.query<Record<string, unknown>>(`show ${name}`)).rows[0]?.[name];
    expect([await show('search_path'), await show('synchronous_commit')]).toEqual(['bullmq', 'off']);
    const listener = await pool.connect();
    await killSessionsOf('distomon-queue');
    listener.release(true);
    await waitFor(async () => (await show('search_path')) === 'bullmq');
    await closeQueuePool(pool);
    await closeQueuePool(pool);
    expect(await sessionsOf('distomon-queue')).toBe(0);
  });

  it('a queue pool that is still in use says so when it is closed', async () => {
    const pool = createQueuePool(opened.database.url, 2);
    const listener = await pool.connect();
    await expect(closeQueuePool(pool, 100)).rejects.toMatchObject({ code: 'POOL_LEAKED' });
    listener.release();
    await closeQueuePool(pool);
    expect(pool.totalCount).toBe(0);
  });

  it('the data of everything else waits for the disk', async () => {
    const rows = await asAdministrator<{ synchronous_commit: string }>(opened.database.url, 'show synchronous_commit');
    expect(rows).toEqual([{ synchronous_commit: 'on' }]);
  });
});

describe.each(databases())('a database that cannot be used, on $name', ({ url }) => {
  it.each([
    ['nothing listens', (given: URL) => Object.assign(given, { port: '1' }), /start PostgreSQL/],
    [
      'there is no such database',
      (given: URL) => Object.assign(given, { pathname: '/nowhere' }),
      /no such database: create it/,
    ],
    ['there is no such user', (given: URL) => Object.assign(given, { username: 'nobody-we-know' }), /refuses the user/],
  ])('%s: says what to do and not the password', async (_title, change, advice) => {
    const changed = change(new URL(url));
    changed.password = 'secret-word';
    const error: unknown = await openStorage({ url: changed.href, applicationName: 'test' }).catch(
      (cause: unknown) => cause,
    );
    expect(error).toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      retryable: true,
      message: expect.stringMatching(advice) as string,
    });
    expect(String(error)).not.toContain('secret-word');
  });
});
