import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '#config';
import { WorkerHost, type Handlers, type JobMap, type JobName, type Queues } from '#jobs';
import { waitFor } from '../../support/services.ts';
import { backends, type QueueRoom } from './backends.ts';
import { MemoryLog } from './memory-log.ts';

describe.each(backends)('jobs on $server', ({ createRoom }) => {
  let room: QueueRoom;
  let queues: Queues;
  let log: MemoryLog;
  let next = 0;
  const started: WorkerHost[] = [];

  /** Ids are for the whole file, so that no test meets a job of another. */
  const id = (name: JobName) => `${name}-test-${next++}`;

  async function work(handlers: Partial<Handlers<JobName>>, label = 'here'): Promise<WorkerHost> {
    const host = new WorkerHost(queues, handlers, { label, log });
    await host.start();
    started.push(host);
    return host;
  }

  beforeAll(async () => {
    room = await createRoom();
    queues = await room.open();
    return async () => await room.close();
  });

  beforeEach(() => {
    log = new MemoryLog();
    return async () => void (await Promise.all(started.splice(0).map(host => host.stop(5_000))));
  });

  test('a published job reaches its handler with its payload, its id and the number of the try', async () => {
    const seen: unknown[] = [];
    await work({
      'window.collect': async (payload, context) => void seen.push({ payload, id: context.id, try: context.try }),
    });
    const payload = { network: 'acme', windowStart: 1_800_000_000, shard: 2, attempt: 1 };
    const job = id('window.collect');
    await queues.publish({ name: 'window.collect', payload, id: job });
    await waitFor(() => seen.length > 0);
    expect(seen).toEqual([{ payload, id: job, try: 1 }]);
  });

  test('jobs published together all arrive, each in the queue of its name', async () => {
    const seen = new Set<string>();
    const note = async (_payload: unknown, context: { id: string }) => void seen.add(context.id);
    await work({ 'transition.announce': note, 'probe.plan': note, 'storage.maintain': note });
    const ids = Array.from({ length: 150 }, () => id('transition.announce'));
    const probe = id('probe.plan');
    const maintain = id('storage.maintain');
    await queues.publishAll([
      ...ids.map((one, sequence) => ({ name: 'transition.announce' as const, payload: { sequence }, id: one })),
      { name: 'probe.plan', payload: { tick: 1 }, id: probe },
      { name: 'storage.maintain', payload: { tick: 1 }, id: maintain },
    ]);
    await waitFor(() => seen.size === 152);
    expect([...seen].toSorted()).toEqual([...ids, probe, maintain].toSorted());
  });

  test('a failing job is tried again, each time after a longer pause, until it succeeds', async () => {
    const tries: { try: number; at: number }[] = [];
    await work({
      'verdict.evaluate': async (_payload, context) => {
        tries.push({ try: context.try, at: performance.now() });
        if (tries.length < 3) throw new Error('not yet');
      },
    });
    await queues.publish({
      name: 'verdict.evaluate',
      payload: { network: 'acme', machines: [1], at: 1 },
      id: id('verdict.evaluate'),
    });
    await waitFor(() => tries.length === 3);
    expect(tries.map(one => one.try)).toEqual([1, 2, 3]);
    const [first = 0, second = 0, third = 0] = tries.map(one => one.at);
    expect(second - first).toBeGreaterThanOrEqual(490);
    expect(third - second).toBeGreaterThanOrEqual(990);
    expect(log.of('warn').filter(line => line.includes('tried again'))).toHaveLength(2);
    expect(log.of('error')).toEqual([]);
  });

  test('an error that says it is not retryable ends the job at its first try', async () => {
    let tries = 0;
    await work({
      'verdict.evaluate': async () => {
        tries += 1;
        throw new AppError('NO_SUCH_NETWORK', 'acme is gone');
      },
    });
    const failed = await failedNow();
    await queues.publish({
      name: 'verdict.evaluate',
      payload: { network: 'acme', machines: [1], at: 1 },
      id: id('verdict.evaluate'),
    });
    await waitFor(async () => (await failedNow()) === failed + 1 && log.of('error').length > 0);
    expect(tries).toBe(1);
    expect(log.lines.filter(line => line.level === 'error')).toEqual([
      {
        level: 'error',
        message: 'a job failed for good',
        facts: expect.objectContaining({ try: 1, job: 'verdict.evaluate' }),
      },
    ]);
  });

  test.each([
    { what: 'a name that nobody knows', name: 'coffee.brew', payload: { sequence: 1 } },
    {
      what: 'a name that this process has no handler for',
      name: 'verdict.evaluate',
      payload: { network: 'acme', machines: [], at: 1 },
    },
    { what: 'a payload of the wrong shape', name: 'transition.announce', payload: { sequence: 'first' } },
    { what: 'a payload that lacks something', name: 'transition.announce', payload: {} },
    { what: 'no payload at all', name: 'transition.announce', payload: null },
  ])('$what fails at once and loudly, and the worker goes on', async ({ name, payload }) => {
    const seen: number[] = [];
    await work({ 'transition.announce': async ({ sequence }) => void seen.push(sequence) });
    const job = id('transition.announce');
    const broken = { name, data: payload, id: `${job}-broken` };
    await room.addForeignJob('via-here', broken);
    await queues.publish({ name: 'transition.announce', payload: { sequence: 7 }, id: job, via: 'here' });
    await waitFor(() => log.of('error').length > 0 && seen.length > 0);
    expect(seen).toEqual([7]);
    expect(log.of('error')).toEqual(['a job failed for good']);
    expect(log.lines.find(line => line.level === 'error')?.facts).toMatchObject({ id: broken.id, try: 1 });
  });

  test('a job whose id is still known is not queued a second time, alone or among others', async () => {
    const seen: number[] = [];
    await work({ 'transition.announce': async ({ sequence }) => void seen.push(sequence) });
    const twice = id('transition.announce');
    const last = id('transition.announce');
    await queues.publish({ name: 'transition.announce', payload: { sequence: 1 }, id: twice });
    await waitFor(() => seen.length === 1);
    await queues.publish({ name: 'transition.announce', payload: { sequence: 2 }, id: twice });
    await queues.publishAll([
      { name: 'transition.announce', payload: { sequence: 3 }, id: twice },
      { name: 'transition.announce', payload: { sequence: 4 }, id: last },
    ]);
    await waitFor(() => seen.includes(4));
    expect(seen).toEqual([1, 4]);
  });

  test('a delayed job does not start before its time', async () => {
    const seen: number[] = [];
    await work({ 'window.collect': async () => void seen.push(performance.now()) });
    const payload = { network: 'acme', windowStart: 0, shard: 0, attempt: 1 };
    const publishedAt = performance.now();
    await queues.publish({ name: 'window.collect', payload, id: id('window.collect'), delayMs: 700 });
    await waitFor(() => seen.length > 0);
    expect((seen[0] ?? 0) - publishedAt).toBeGreaterThanOrEqual(700);
  });

  test('a job with `via` is done by the process with that label and by no other', async () => {
    const seen: string[] = [];
    const handlersOf = (who: string) => ({ 'probe.run': async () => void seen.push(who) });
    await work(handlersOf('fra:1'), 'fra:1');
    await work(handlersOf('fra-2'), 'fra-2');
    const payload: JobMap['probe.run'] = { network: 'acme', monitor: 'agents', shard: 0, due: 1, machines: [1] };
    const toOne = Array.from({ length: 20 }, () => ({
      name: 'probe.run' as const,
      payload,
      id: id('probe.run'),
      via: 'fra:1',
    }));
    const toTwo = Array.from({ length: 20 }, () => ({
      name: 'probe.run' as const,
      payload,
      id: id('probe.run'),
      via: 'fra-2',
    }));
    await queues.publishAll([...toOne, ...toTwo]);
    await waitFor(() => seen.length === 40);
    expect(seen.filter(who => who === 'fra:1')).toHaveLength(20);
    const counts = await queues.counts();
    expect(counts.map(count => count.queue)).toContain('via-fra%3A1');
  });

  test('ask gives what the handler returned', async () => {
    const values = [{ machine: 5, values: { cpu: 12.5, swap: null } }];
    await work({ 'live.read': async () => ({ values }) });
    expect(await queues.ask({ name: 'live.read', payload: { machines: [5] }, id: id('live.read') }, 5_000)).toEqual({
      values,
    });
    const nothing = { name: 'live.read' as const, payload: { machines: [5] }, id: id('live.read'), via: 'here' };
    expect(await queues.ask(nothing, 5_000)).toEqual({ values });
  });

  test('ask rejects with JOB_FAILED when the handler fails', async () => {
    await work({ 'live.read': () => Promise.reject(new Error('no such machine')) });
    const asking = queues.ask({ name: 'live.read', payload: { machines: [5] }, id: id('live.read') }, 5_000);
    await expect(asking).rejects.toMatchObject({ code: 'JOB_FAILED', retryable: true, message: 'no such machine' });
  });

  test('ask rejects with JOB_TIMEOUT when nobody answers, and leaves no job behind', async () => {
    const asking = queues.ask({ name: 'live.read', payload: { machines: [5] }, id: id('live.read'), via: 'gone' }, 300);
    await expect(asking).rejects.toMatchObject({ code: 'JOB_TIMEOUT', retryable: true });
    const gone = (await queues.counts()).find(count => count.queue === 'via-gone');
    expect(gone).toMatchObject({ waiting: 0, active: 0, delayed: 0 });
  });

  test('an id with a colon is refused, and not as something that may be tried again', async () => {
    const publishing = queues.publish({ name: 'transition.announce', payload: { sequence: 1 }, id: 'a:b' });
    await expect(publishing).rejects.toMatchObject({ code: 'QUEUE_REFUSED', retryable: false });
  });

  async function failedNow(): Promise<number> {
    const counts = await queues.counts();
    return counts.find(count => count.queue === 'notify')?.failed ?? 0;
  }
});
