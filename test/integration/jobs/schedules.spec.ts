import { Redis } from 'ioredis';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Clock } from '#config';
import { SchedulerWatchdog, WorkerHost, type QueueBackend, type Queues, type TickName } from '#jobs';
import { waitFor } from '../../support/services.ts';
import { roomOf, type QueueRoom } from './backends.ts';
import { MemoryLog } from './memory-log.ts';
import { OwnServer } from './own-server.ts';

const kinds: readonly { kind: QueueBackend['kind'] }[] = [{ kind: 'postgres' }, { kind: 'redis' }];

describe.each(kinds)('schedules on $kind', ({ kind }) => {
  let server: OwnServer;
  let room: QueueRoom;
  let queues: Queues;
  let log: MemoryLog;
  let ticks: { name: TickName; tick: number; at: number }[];
  let stops: (() => Promise<void>)[];

  beforeEach(async () => {
    server = await OwnServer.start(kind);
    room = roomOf(kind, server.url, () => server.remove());
    log = new MemoryLog();
    queues = await room.open(log);
    ticks = [];
    stops = [];
  });

  afterEach(async () => {
    for (const stop of stops) await stop();
    await room.close();
  });

  async function work(): Promise<void> {
    const note =
      (name: TickName) =>
      async ({ tick }: { readonly tick: number }) =>
        void ticks.push({ name, tick, at: Date.now() });
    const handlers = {
      'probe.plan': note('probe.plan'),
      'window.plan': note('window.plan'),
      'storage.maintain': note('storage.maintain'),
    };
    const host = new WorkerHost(queues, handlers, { label: 'here', log });
    await host.start();
    stops.push(() => host.stop(5_000));
  }

  async function watch(): Promise<SchedulerWatchdog> {
    const everyMs = { 'probe.plan': 1_000, 'window.plan': 500 };
    const watchdog = new SchedulerWatchdog(queues, { clock: new Clock(), log, everyMs, checkEveryMs: 500 });
    await watchdog.start();
    stops.push(() => watchdog.stop());
    return watchdog;
  }

  const seen = (name: TickName) => ticks.filter(tick => tick.name === name);

  test('every tick comes at once at the start and then again and again, with the second it was due', async () => {
    await work();
    const watchdog = await watch();
    await waitFor(
      () => seen('probe.plan').length > 0 && seen('window.plan').length > 0 && seen('storage.maintain').length > 0,
    );
    await waitFor(() => seen('probe.plan').length >= 4 && seen('window.plan').length >= 6);
    for (const { tick, at } of ticks) {
      // A busy machine is late, and never early.
      expect(at / 1000 - tick).toBeGreaterThan(-1);
      expect(at / 1000 - tick).toBeLessThan(10);
    }
    expect(new Set(seen('probe.plan').map(({ tick }) => tick)).size).toBeGreaterThanOrEqual(3);
    expect(watchdog.isHealthy()).toBe(true);
  });

  test('a second process that starts plans at once and does not double the schedules', async () => {
    await work();
    await watch();
    await waitFor(() => seen('window.plan').length >= 3);
    const before = ticks.length;
    await watch();
    await waitFor(() => seen('storage.maintain').length > 1 && ticks.length > before);
    ticks = [];
    const from = Date.now();
    await waitFor(() => seen('window.plan').length >= 6);
    // Six ticks, 500 ms apart, need 2.5 s; twice as many schedules would need half of that.
    expect(Date.now() - from).toBeGreaterThan(2_000);
  });

  test('the schedules come back when the queue is emptied behind their back', async () => {
    await work();
    const watchdog = await watch();
    await waitFor(() => seen('window.plan').length >= 2);
    await emptyEverything(kind, server.url);
    ticks = [];
    await waitFor(
      () => seen('probe.plan').length >= 2 && seen('window.plan').length >= 2 && seen('storage.maintain').length > 0,
    );
    await waitFor(() => watchdog.isHealthy());
    expect(log.lines.filter(line => line.message === 'made a schedule anew').at(-1)?.facts).toMatchObject({
      reason: 'missing',
    });
  });

  test('a schedule whose next job alone was lost comes back', async () => {
    await work();
    await watch();
    await waitFor(() => seen('probe.plan').length >= 2);
    await removeTickJobs(kind, server.url, room.prefix);
    ticks = [];
    await waitFor(() => seen('probe.plan').length >= 2 && seen('window.plan').length >= 2);
    expect(log.lines.at(-1)?.facts).toMatchObject({ reason: 'lost' });
  });

  test('without a worker the ticks stay where they are and are not made anew', async () => {
    await watch();
    const made = log.of('info').length;
    await waitFor(
      async () => ((await queues.findSchedule('window.plan'))?.nextAt?.getTime() ?? Infinity) < Date.now() - 3_000,
      { timeoutMs: 8_000 },
    );
    expect(log.of('info')).toHaveLength(made);
    await work();
    await waitFor(() => seen('window.plan').length >= 3);
  });
});

async function emptyEverything(kind: QueueBackend['kind'], url: string): Promise<void> {
  if (kind === 'redis') return await withRedis(url, async redis => void (await redis.flushall()));
  await withPostgres(url, async client => {
    const tables = await client.query<{ name: string }>(
      `select string_agg(format('bullmq.%I', tablename), ', ') as name from pg_tables where schemaname = 'bullmq' and tablename <> 'migration'`,
    );
    await untilNoDeadlock(() => client.query(`truncate ${tables.rows[0]?.name ?? ''} cascade`));
  });
}

/** Truncating takes the tables one after the other, and the workers take them in another order: one of both has to give way. */
async function untilNoDeadlock(statement: () => Promise<unknown>): Promise<void> {
  for (;;) {
    const error = await statement().then(
      () => null,
      (reason: unknown) => reason as Error & { code?: string },
    );
    if (error === null) return;
    if (error.code !== '40P01') throw error;
  }
}

/** What is left of a schedule when the jobs are gone but not the schedule itself. */
async function removeTickJobs(kind: QueueBackend['kind'], url: string, prefix: string): Promise<void> {
  if (kind === 'postgres')
    return await withPostgres(url, async client => void (await client.query('delete from bullmq.job')));
  await withRedis(url, async redis => {
    for (const queue of ['probe', 'window', 'maintenance']) {
      const jobs = await redis.keys(`${prefix}:${queue}:repeat:*:[0-9]*`);
      await redis.del(`${prefix}:${queue}:delayed`, `${prefix}:${queue}:wait`, ...jobs);
    }
  });
}

async function withRedis(url: string, use: (redis: Redis) => Promise<void>): Promise<void> {
  const redis = new Redis(url);
  await use(redis);
  redis.disconnect();
}

async function withPostgres(url: string, use: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
