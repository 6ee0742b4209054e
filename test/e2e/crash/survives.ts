import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../../support/services.ts';
import { faultsOf, Life, WINDOW_SECONDS, type QueueKind } from './life.ts';

/** Sends one command to a Redis of the test's own and waits for its answer. */
function redisCommand(url: string, command: string): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = createConnection(Number(port), hostname, () => socket.write(`${command}\r\n`));
    socket
      .once('data', () => socket.end())
      .once('close', () => resolve())
      .once('error', reject);
  });
}

/** Stops the queue from taking anything, until released. */
async function holdQueue(life: Life, queue: QueueKind): Promise<{ release(): Promise<void> }> {
  if (queue === 'postgres') return life.hold(...(await life.queueTables()));
  await redisCommand(life.redis.url, 'CLIENT PAUSE 600000 WRITE');
  return { release: () => redisCommand(life.redis.url, 'CLIENT UNPAUSE') };
}

async function emptyQueue(life: Life, queue: QueueKind): Promise<void> {
  if (queue === 'redis') return redisCommand(life.redis.url, 'FLUSHALL');
  await life.sql(`truncate ${(await life.queueTables()).filter(table => !table.includes('migration')).join(', ')}`);
}

/** How the statement begins that stores a window as it closes; one that fills a gap goes on with `as`. */
const WRITES_A_WINDOW = 'insert into metric_row (%';

/** The window that is open now, as epoch seconds. */
const openWindow = (): number => Math.floor(Date.now() / 1000 / WINDOW_SECONDS) * WINDOW_SECONDS;

/**
 * One life after another blow, in order. The last test looks at the whole record: whatever happened, each machine has
 * each window exactly once, with the truth or a reason.
 */
export function describeLife(queue: QueueKind): void {
  describe(`with the queues in ${queue}`, { timeout: 240_000 }, () => {
    let life: Life;
    beforeAll(async () => {
      life = await Life.begin(queue);
    }, 60_000);
    afterAll(() => life?.end(), 60_000);

    test('a window is stored while nothing happens', async () => {
      await waitFor(async () => (await life.lastStored()) > 0, { timeoutMs: 90_000 });
      expect(faultsOf(await life.rows())).toEqual([]);
    });

    test('killed after reading, before writing, it writes the window after its restart', async () => {
      const lock = await life.hold('metric_row');
      await life.untilBlocked(WRITES_A_WINDOW);
      const before = await life.lastStored();
      await life.server.kill('SIGKILL');
      await lock.release();
      expect(await life.lastStored()).toBe(before);
      await life.server.start();
      await life.untilStored(before + WINDOW_SECONDS);
      expect(faultsOf(await life.rows())).toEqual([]);
    });

    test('killed after writing, before acknowledging, it writes the window once', async () => {
      const rows = await life.hold('metric_row');
      await life.untilBlocked(WRITES_A_WINDOW);
      const before = await life.lastStored();
      const tasks = await life.hold('window_task');
      await rows.release();
      await life.untilStored(before + WINDOW_SECONDS);
      await life.untilBlocked(`update window_task set state = 'done'%`);
      await life.server.kill('SIGKILL');
      await tasks.release();
      await life.server.start();
      await life.untilDone(before + WINDOW_SECONDS);
      expect(faultsOf(await life.rows())).toEqual([]);
    });

    test('killed after committing a state change, before publishing it, it announces the change after its restart', async () => {
      const verdicts = await life.hold('verdict_transition');
      await life.agents.setFault(0, { kind: '401', on: 'everything' });
      await life.untilBlocked('%update verdict set state%');
      const held = await holdQueue(life, queue);
      await verdicts.release();
      await life.untilCommitted('m0', 'down');
      await life.server.kill('SIGKILL');
      await held.release();
      await life.agents.setFault(0, null);
      await life.server.start();
      await life.untilAllAnnounced();
      expect(life.server.log.filter(line => line.includes('acme/m0 is down'))).toHaveLength(1);
    });

    test('an emptied queue costs no window', async () => {
      await waitFor(async () => (await life.sql(`select 1 from window_task where state = 'queued'`)).length > 0, {
        timeoutMs: 60_000,
      });
      const [task] = await life.sql<{ start: number }>(
        `select extract(epoch from window_start)::float8 as start from window_task where state = 'queued'`,
      );
      await emptyQueue(life, queue);
      await life.untilStored(task?.start ?? NaN);
      expect(faultsOf(await life.rows())).toEqual([]);
    });

    test('a database killed between reading and writing loses no window', async () => {
      const headers = await life.server.headers();
      const lock = await life.hold('metric_row');
      await life.untilBlocked(WRITES_A_WINDOW);
      const before = await life.lastStored();
      await life.database.kill();
      const answer = await fetch(`${life.server.url}/api/v1/networks`, { headers });
      expect({ status: answer.status, ...((await answer.json()) as object) }).toMatchObject({
        status: 503,
        code: 'STORAGE_UNAVAILABLE',
      });
      await lock.release().catch(() => undefined);
      await life.database.start();
      await life.untilStored(before + WINDOW_SECONDS);
      await life.server.untilReady();
      expect(faultsOf(await life.rows())).toEqual([]);
    });

    test('a database killed after writing, before the acknowledgement, has the window once', async () => {
      const rows = await life.hold('metric_row');
      await life.untilBlocked(WRITES_A_WINDOW);
      const before = await life.lastStored();
      const tasks = await life.hold('window_task');
      await rows.release();
      await life.untilStored(before + WINDOW_SECONDS);
      await life.untilBlocked(`update window_task set state = 'done'%`);
      await life.database.kill();
      await tasks.release().catch(() => undefined);
      await life.database.start();
      await life.untilDone(before + WINDOW_SECONDS);
      expect(faultsOf(await life.rows())).toEqual([]);
    });

    test('a database killed after committing a state change, before it is published, has it announced', async () => {
      const verdicts = await life.hold('verdict_transition');
      await life.agents.setFault(1, { kind: '401', on: 'everything' });
      await life.untilBlocked('%update verdict set state%');
      const held = await holdQueue(life, queue);
      await verdicts.release();
      await life.untilCommitted('m1', 'down');
      await life.database.kill();
      await held.release().catch(() => undefined);
      await life.database.start();
      await life.agents.setFault(1, null);
      await life.untilAllAnnounced();
      expect(life.server.log.filter(line => line.includes('acme/m1 is down'))).toHaveLength(1);
    });

    test('three windows without it are stored as unobserved', async () => {
      await life.server.stop();
      const stopped = openWindow();
      await waitFor(() => openWindow() >= stopped + 5 * WINDOW_SECONDS, { timeoutMs: 120_000 });
      await life.server.start();
      await life.untilStored(stopped + 4 * WINDOW_SECONDS);
      const rows = (await life.rows()).filter(
        row => row.machine === 'm1' && row.start >= stopped && row.start <= stopped + 2 * WINDOW_SECONDS,
      );
      expect(rows.map(row => row.reason)).toEqual(['unobserved', 'unobserved', 'unobserved']);
    });

    test('killed and started with the other queue it goes on where it was', async () => {
      await waitFor(async () => (await life.sql(`select 1 from window_task where state = 'queued'`)).length > 0, {
        timeoutMs: 60_000,
      });
      const last = openWindow();
      await life.server.kill('SIGKILL');
      await life.moveTo(queue === 'postgres' ? 'redis' : 'postgres');
      await life.untilStored(last);
      expect(faultsOf(await life.rows())).toEqual([]);
    });

    test('after all this each machine has each window exactly once, with the truth or a reason', async () => {
      const rows = await life.rows();
      expect(faultsOf(rows)).toEqual([]);
      expect(new Set(rows.map(row => row.machine)).size).toBe(3);
      const good = rows.filter(row => row.reachable).length;
      expect(good).toBeGreaterThan(rows.length / 2);
    });
  });
}
