import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WorkerHost, type Handlers, type Queues } from '#jobs';
import { waitFor } from '../../support/services.ts';
import { backends, type QueueRoom } from './backends.ts';
import { MemoryLog } from './memory-log.ts';

const collect = { name: 'window.collect' as const, payload: { network: 'acme', windowStart: 0, shard: 0, attempt: 1 } };

describe.each(backends)('the end of a worker on $server', ({ kind, createRoom }) => {
  let room: QueueRoom;
  let queues: Queues;
  let log: MemoryLog;
  let hosts: WorkerHost[];

  beforeEach(async () => {
    room = await createRoom();
    queues = await room.open();
    log = new MemoryLog();
    hosts = [];
  });

  afterEach(async () => {
    await Promise.all(hosts.map(host => host.stop(5_000)));
    await room.close();
  });

  async function work(handler: Handlers<'window.collect'>['window.collect'], label: string): Promise<WorkerHost> {
    const host = new WorkerHost(queues, { 'window.collect': handler }, { label, log, concurrency: { window: 4 } });
    await host.start();
    hosts.push(host);
    return host;
  }

  test('a worker killed in the middle of a job has it taken over by another', { timeout: 60_000 }, async () => {
    const child = spawn(process.execPath, [
      join(import.meta.dirname, 'run-typescript.mjs'),
      join(import.meta.dirname, 'worker-child.ts'),
      kind,
      room.url,
      room.prefix,
    ]);
    let output = '';
    child.stdout.on('data', data => (output += String(data)));
    child.stderr.on('data', data => (output += String(data)));
    await waitFor(() => output.includes('ready'), { timeoutMs: 20_000 });
    await queues.publish({ ...collect, id: 'window.collect-killed' });
    await waitFor(() => output.includes('started window.collect-killed'));
    const seen: { id: string; try: number }[] = [];
    await work(async (_payload, context) => void seen.push({ id: context.id, try: context.try }), 'heir');
    child.kill('SIGKILL');
    await waitFor(() => seen.length > 0, { timeoutMs: 30_000 });
    expect(seen).toEqual([{ id: 'window.collect-killed', try: 2 }]);
    expect(log.of('warn')).toContain('took over a job whose worker died');
  });

  test('stop lets a running job finish and takes no other', async () => {
    const finished: string[] = [];
    let running = 0;
    const host = await work(async (_payload, { id, signal }) => {
      running += 1;
      await new Promise(resolve => signal.addEventListener('abort', () => setTimeout(resolve, 300)));
      finished.push(id);
    }, 'here');
    await queues.publishAll(Array.from({ length: 10 }, (_, index) => ({ ...collect, id: `window.collect-${index}` })));
    await waitFor(() => running === 4);
    await host.stop(5_000);
    expect(finished).toHaveLength(4);
    expect((await queues.counts()).find(count => count.queue === 'window')).toMatchObject({
      active: 0,
      waiting: 6,
      failed: 0,
    });
  });

  test('a job that gives up because of the stop is done by another process at once, without a failed try', async () => {
    let started = false;
    const host = await work(async (_payload, { signal }) => {
      started = true;
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('given up'))));
    }, 'first');
    await queues.publish({ ...collect, id: 'window.collect-given-up' });
    await waitFor(() => started);
    const seen: string[] = [];
    await work(async (_payload, { id }) => void seen.push(id), 'second');
    await host.stop(5_000);
    await waitFor(() => seen.length > 0);
    expect(seen).toEqual(['window.collect-given-up']);
    expect(log.of('warn')).toEqual([]);
    expect(log.of('error')).toEqual([]);
  });

  test('stop does not wait longer than it is told for a job that does not listen', async () => {
    let release = () => {};
    let started = false;
    const host = await work(() => {
      started = true;
      return new Promise<void>(resolve => (release = resolve));
    }, 'here');
    await queues.publish({ ...collect, id: 'window.collect-deaf' });
    await waitFor(() => started);
    const from = performance.now();
    await host.stop(500);
    expect(performance.now() - from).toBeLessThan(10_000);
    expect(log.of('warn')).toEqual(['jobs did not stop in time; another process will take them over']);
    release();
  });
});
