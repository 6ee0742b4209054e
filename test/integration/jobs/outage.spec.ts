import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Clock } from '#config';
import { openQueues, SchedulerWatchdog, WorkerHost, type QueueBackend, type Queues } from '#jobs';
import { waitFor } from '../../support/services.ts';
import { roomOf, type QueueRoom } from './backends.ts';
import { MemoryLog } from './memory-log.ts';
import { backendOf } from './open-backend.ts';
import { OwnServer } from './own-server.ts';

const kinds: readonly { kind: QueueBackend['kind'] }[] = [{ kind: 'postgres' }, { kind: 'redis' }];

describe.each(kinds)('an outage of $kind', ({ kind }) => {
  let server: OwnServer;
  let room: QueueRoom;
  let queues: Queues;
  let log: MemoryLog;
  let host: WorkerHost;
  let watchdog: SchedulerWatchdog;
  let seen: number[];
  let ticks: number;
  let before: number;
  let onHandled: (sequence: number) => Promise<void>;

  beforeEach(async () => {
    before = process.getActiveResourcesInfo().filter(name => name === 'Timeout' || name === 'TCPSocketWrap').length;
    server = await OwnServer.start(kind);
    room = roomOf(kind, server.url, () => server.remove());
    log = new MemoryLog();
    queues = await room.open(log);
    seen = [];
    ticks = 0;
    onHandled = async () => {};
    const announce = async ({ sequence }: { readonly sequence: number }) => {
      await onHandled(sequence);
      seen.push(sequence);
    };
    const tick = async () => void (ticks += 1);
    const handlers = {
      'transition.announce': announce,
      'probe.plan': tick,
      'window.plan': tick,
      'storage.maintain': tick,
    };
    host = new WorkerHost(queues, handlers, { label: 'here', log });
    await host.start();
    watchdog = new SchedulerWatchdog(queues, {
      clock: new Clock(),
      log,
      everyMs: { 'probe.plan': 1_000, 'window.plan': 500 },
      checkEveryMs: 500,
    });
    await watchdog.start();
  });

  afterEach(async () => {
    await watchdog.stop();
    await host.stop(5_000);
    await room.close();
  });

  const announce = (sequence: number, delayMs = 0) =>
    queues.publish({
      name: 'transition.announce',
      payload: { sequence },
      id: `transition.announce-${sequence}-0`,
      delayMs,
    });

  async function publishFails(sequence: number): Promise<unknown> {
    return await announce(sequence).then(
      () => null,
      (error: unknown) => error,
    );
  }

  test('is told to who publishes, at once, and ends by itself: what was queued is done, what comes is done', async () => {
    await announce(1);
    await waitFor(() => seen.includes(1) && ticks > 3);
    await announce(2, 3_000);
    await server.flushed();
    await server.kill();
    await waitFor(async () => (await publishFails(3)) !== null);
    const from = performance.now();
    expect(await publishFails(3)).toMatchObject({ code: 'QUEUE_UNAVAILABLE', retryable: true });
    expect(performance.now() - from).toBeLessThan(15_000);
    await expect(queues.ping()).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
    await waitFor(() => !watchdog.isHealthy());
    await server.start();
    ticks = 0;
    await waitFor(async () => (await publishFails(4)) === null);
    await waitFor(() => seen.includes(2) && seen.includes(4) && ticks > 3);
    await waitFor(() => watchdog.isHealthy());
    expect(log.of('error')).toEqual(['the queue cannot be reached; trying again until it is back']);
    await waitFor(() => log.of('info').includes('the queue is back'));
    expect(log.of('info').filter(line => line === 'the queue is back')).toHaveLength(1);
  });

  test('that begins and ends while a job runs lets the job finish', async () => {
    let finish = () => {};
    let runs = 0;
    onHandled = async () => {
      runs += 1;
      await new Promise<void>(resolve => (finish = resolve));
    };
    await announce(1);
    await waitFor(() => runs === 1);
    await server.flushed();
    await server.kill();
    await waitFor(async () => (await publishFails(2)) !== null);
    await server.start();
    await waitFor(
      async () =>
        await queues.ping().then(
          () => true,
          () => false,
        ),
      { timeoutMs: 15_000 },
    );
    onHandled = async () => {};
    finish();
    await waitFor(async () => (await queues.counts()).every(count => count.active === 0), { timeoutMs: 30_000 });
    expect(seen).toEqual([1]);
    expect((await queues.counts()).reduce((sum, count) => sum + count.failed, 0)).toBe(0);
  });

  test('does not keep a process from stopping', async () => {
    await waitFor(() => ticks > 0);
    await server.kill();
    const from = performance.now();
    await watchdog.stop();
    await host.stop(3_000);
    await queues.close();
    expect(performance.now() - from).toBeLessThan(20_000);
    const left = () =>
      process.getActiveResourcesInfo().filter(name => name === 'Timeout' || name === 'TCPSocketWrap').length;
    await waitFor(() => left() <= before);
  });
});

test.each([
  { kind: 'postgres' as const, url: 'postgres://nobody@127.0.0.1:1/nothing' },
  { kind: 'redis' as const, url: 'redis://127.0.0.1:1' },
])('queues cannot be opened where no $kind listens', async ({ kind, url }) => {
  const { backend, end } = backendOf(kind, url);
  const opening = openQueues({ backend, log: new MemoryLog() });
  await expect(opening).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE', retryable: true });
  await end();
});
