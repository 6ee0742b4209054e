import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Clock } from '#config';
import { SchedulerWatchdog, WorkerHost } from '#jobs';
import { waitFor } from '../../support/services.ts';
import { backends, type QueueRoom } from './backends.ts';
import { MemoryLog } from './memory-log.ts';

describe.each(backends)('what remains on $kind', ({ kind, createRoom }) => {
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
    await queues.publishAll(
      Array.from({ length: 450 }, (_, sequence) => [
        { name: 'transition.announce' as const, payload: { sequence }, id: `transition.announce-${sequence}` },
        { name: 'verdict.evaluate' as const, payload: { network: 'acme', machines: [], at: 0 }, id: `verdict.evaluate-${sequence}` },
      ]).flat(),
    );
    await waitFor(() => runs === 900, { timeoutMs: 30_000 });
    await host.stop(10_000);
    expect(await room.finishedJobs('notify')).toEqual({ completed: 200, failed: 200 });
    if (kind === 'postgres') expect(await countEvents(room.url)).toBeLessThan(900);
  });

  test('of sockets and timers after everything is closed is nothing', async () => {
    const before = resources();
    const queues = await room.open();
    const log = new MemoryLog();
    const host = new WorkerHost(queues, { 'probe.plan': async () => {}, 'live.read': async () => ({ values: [] }) }, { label: 'here', log });
    await host.start();
    const watchdog = new SchedulerWatchdog(queues, { clock: new Clock(), log, everyMs: { 'probe.plan': 500 } });
    await watchdog.start();
    await queues.ask({ name: 'live.read', payload: { machines: [] }, id: 'live.read-1', via: 'here' }, 5_000);
    expect(resources().sockets).toBeGreaterThan(before.sockets);
    await watchdog.stop();
    await host.stop(5_000);
    await room.close();
    await waitFor(() => resources().sockets <= before.sockets && resources().timers <= before.timers, { timeoutMs: 3_000 });
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

async function countEvents(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from bullmq.event where queue = 'notify'`);
  await client.end();
  return rows[0]?.count ?? 0;
}
