import { Redis } from 'ioredis';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Clock } from '#config';
import { SchedulerWatchdog, WorkerHost, type JobRequest, type QueueBackend } from '#jobs';
import { waitFor } from '../../support/services.ts';
import { backends, type QueueRoom } from './backends.ts';
import { MemoryLog } from './memory-log.ts';

describe.each(backends)('what remains on $server', ({ kind, createRoom }) => {
  let room: QueueRoom;

  beforeEach(async () => {
    room = await createRoom();
  });

  afterEach(() => room.close());

  test('of finished jobs and their events is bounded', async () => {
    const queues = await room.open();
    const log = new MemoryLog();
    let runs = 0;
    const host = new WorkerHost(
      queues,
      {
        'transition.announce': async () => void (runs += 1),
        'verdict.evaluate': async () => {
          runs += 1;
          throw Object.assign(new Error('never'), { retryable: false });
        },
      },
      { label: 'here', log },
    );
    await host.start();
    const announce = (sequence: number): JobRequest => ({
      name: 'transition.announce',
      payload: { sequence },
      id: `transition.announce-${sequence}`,
    });
    const evaluate = (sequence: number): JobRequest => ({
      name: 'verdict.evaluate',
      payload: { network: 'acme', machines: [], at: 0 },
      id: `verdict.evaluate-${sequence}`,
    });
    const done = async (count: number): Promise<boolean> =>
      runs === count && (await queues.counts()).every(({ active }) => active === 0);
    await queues.publishAll(
      Array.from({ length: 450 }, (_, sequence) => [announce(sequence), evaluate(sequence)]).flat(),
    );
    await waitFor(() => done(900), { timeoutMs: 30_000 });
    // On PostgreSQL those that finish at the same moment do not see one another; the next one to finish removes for them.
    await queues.publish(announce(450));
    await waitFor(() => done(901));
    await queues.publish(evaluate(450));
    await waitFor(() => done(902));
    await host.stop(10_000);
    expect(await room.finishedJobs('notify')).toEqual({ completed: 100, failed: 200 });
    expect(await countEvents(kind, room)).toBeLessThan(900);
  });

  test('of jobs for a process that is gone is what came lately', async () => {
    const queues = await room.open();
    const probe = { network: 'acme', monitor: 'agents', shard: 0, due: 0, machines: [1] };
    for (const ageMs of [3_600_000, 700_000, 10_000]) {
      await room.addForeignJob('via-gone', {
        name: 'probe.run',
        data: probe,
        id: `probe.run-${ageMs}`,
        timestamp: Date.now() - ageMs,
      });
    }
    await queues.publish({ name: 'probe.run', payload: probe, id: 'probe.run-now', via: 'gone' });
    expect((await queues.counts()).find(count => count.queue === 'via-gone')).toMatchObject({ waiting: 2 });
  });

  test('of sockets and timers after everything is closed is nothing', async () => {
    const before = resources();
    const queues = await room.open();
    const log = new MemoryLog();
    const host = new WorkerHost(
      queues,
      { 'probe.plan': async () => {}, 'live.read': async () => ({ values: [] }) },
      { label: 'here', log },
    );
    await host.start();
    const watchdog = new SchedulerWatchdog(queues, { clock: new Clock(), log, everyMs: { 'probe.plan': 500 } });
    await watchdog.start();
    await queues.ask({ name: 'live.read', payload: { machines: [] }, id: 'live.read-1', via: 'here' }, 5_000);
    expect(resources().sockets).toBeGreaterThan(before.sockets);
    await watchdog.stop();
    await host.stop(5_000);
    await room.close();
    await waitFor(() => resources().sockets <= before.sockets && resources().timers <= before.timers);
  });
});

/** What keeps this process alive. */
function resources(): { sockets: number; timers: number } {
  const active = process.getActiveResourcesInfo();
  return {
    sockets: active.filter(name => name === 'TCPSocketWrap').length,
    timers: active.filter(name => name === 'Timeout').length,
  };
}

/** How many lines BullMQ's own record of events of the queue `notify` has. */
async function countEvents(kind: QueueBackend['kind'], room: QueueRoom): Promise<number> {
  if (kind === 'redis') {
    const redis = new Redis(room.url);
    const length = await redis.xlen(`${room.prefix}:notify:events`);
    redis.disconnect();
    return length;
  }
  const client = new Client({ connectionString: room.url });
  await client.connect();
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from bullmq.event where queue = 'notify'`,
  );
  await client.end();
  return rows[0]?.count ?? Number.NaN;
}

test('a queue schema whose every table was emptied, its version included, is made anew at the next start', async () => {
  const postgres = backends.find(backend => backend.kind === 'postgres');
  const room = await postgres?.createRoom();
  if (room === undefined) throw new Error('no PostgreSQL');
  await room.open();
  const client = new Client({ connectionString: room.url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select string_agg(format('bullmq.%I', tablename), ', ') as name from pg_tables where schemaname = 'bullmq'`,
  );
  await client.query(`truncate ${rows[0]?.name ?? ''} cascade`);
  await client.end();
  const log = new MemoryLog();
  const [queues] = await Promise.all([room.open(log), room.open(log)]);
  await queues.publish({ name: 'transition.announce', payload: { sequence: 1 }, id: 'transition.announce-1-0' });
  expect((await queues.counts()).find(count => count.queue === 'notify')).toMatchObject({ waiting: 1 });
  expect(log.of('warn')).toEqual(['the queue schema has lost its version and is made anew']);
  await room.close();
});
