import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WorkerHost, type JobRequest, type Queues } from '#jobs';
import { waitFor } from '../../support/services.ts';
import { backends, type QueueRoom } from './backends.ts';
import { MemoryLog } from './memory-log.ts';

const collect = { network: 'acme', windowStart: 0, shard: 0, attempt: 1 };
const probe = { network: 'acme', monitor: 'agents', shard: 0, due: 0, machines: [1] };
/** Longer than the lock of a job lasts that nobody renews. */
const HELD_MS = 12_000;

// A pool of 12 connections is all that PostgreSQL gives to a process.
const postgres = backends.filter(({ kind }) => kind === 'postgres');

describe.each(postgres)('a process whose queues on $server are all full of slow jobs', ({ createRoom }) => {
  let room: QueueRoom;
  let queues: Queues;
  let host: WorkerHost;
  let log: MemoryLog;
  let running: Record<string, number>;
  let announced: number;
  let planned: number;
  let release: () => void;

  beforeEach(async () => {
    room = await createRoom();
    queues = await room.open();
    log = new MemoryLog();
    running = { 'window.collect': 0, 'probe.run': 0 };
    announced = 0;
    planned = 0;
    const released = new Promise<void>(resolve => (release = resolve));
    const slow = (name: string) => async (): Promise<void> => {
      running[name] = (running[name] ?? 0) + 1;
      await released;
      running[name] -= 1;
    };
    const handlers = {
      'window.collect': slow('window.collect'),
      'probe.run': slow('probe.run'),
      'transition.announce': async () => void (announced += 1),
      'window.plan': async () => void (planned += 1),
    };
    host = new WorkerHost(queues, handlers, { label: 'here', log });
    await host.start();
  });

  afterEach(async () => {
    release();
    await host.stop(10_000);
    await room.close();
  });

  test('still publishes, plans and works on the others, keeps every job and ends each of them', async () => {
    const slow: JobRequest[] = [
      ...Array.from({ length: 80 }, (_, i) => ({
        name: 'window.collect' as const,
        payload: collect,
        id: `window.collect-${i}`,
      })),
      ...Array.from({ length: 40 }, (_, i) => ({ name: 'probe.run' as const, payload: probe, id: `probe.run-${i}` })),
      ...Array.from({ length: 20 }, (_, i) => ({
        name: 'probe.run' as const,
        payload: probe,
        id: `probe.run-via-${i}`,
        via: 'here',
      })),
    ];
    await queues.publishAll(slow);
    await waitFor(() => running['window.collect'] === 64 && running['probe.run'] === 32 + 16);
    const from = performance.now();
    for (let sequence = 1; performance.now() - from < HELD_MS; sequence += 1) {
      await queues.publishAll([
        { name: 'transition.announce', payload: { sequence }, id: `transition.announce-${sequence}-0` },
        { name: 'window.plan', payload: { tick: sequence }, id: `window.plan-${sequence}` },
      ]);
      // The slow ones end after this loop only: what had to wait for them would never come.
      await waitFor(() => announced === sequence && planned === sequence);
    }
    expect(running).toEqual({ 'window.collect': 64, 'probe.run': 48 });
    release();
    await waitFor(async () => (await queues.counts()).every(count => count.active + count.waiting === 0));
    expect(await room.finishedJobs('window')).toEqual({ completed: 80, failed: 0 });
    expect(log.of('warn')).toEqual([]);
    expect(log.of('error')).toEqual([]);
  });
});
