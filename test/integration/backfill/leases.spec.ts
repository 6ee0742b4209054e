import { describe, expect, it } from 'vitest';
import { databases, waitFor } from '../../support/services.ts';
import { useStorage } from '../storage/fixtures.ts';
import { AskedNetwork, HOUR_MS, whole } from './asked-network.ts';

const SECOND = 1_000;

describe.each(databases())('who asks machines about their past, on $name', ({ url }) => {
  const opened = useStorage(url);

  async function watched(name: string, machines: readonly string[] = ['db-1']): Promise<AskedNetwork> {
    const network = new AskedNetwork(opened.storage, name);
    await network.watchForLong(machines);
    for (const machine of machines) await network.miss(machine.split(',')[0]!, [0, 1, 2]);
    return network;
  }

  it('asks four machines at a time, of all networks together, and the next as soon as one is done', async () => {
    const one = await watched('four', ['a', 'b', 'c']);
    const other = await watched('fourmore', ['a', 'b', 'c']);
    await one.plan();
    await other.plan();
    expect([one, other].map(({ publisher }) => publisher.of('window.backfill').length)).toEqual([3, 1]);
    await one.run(one.nextJob()!);
    await other.plan();
    expect(other.publisher.of('window.backfill')).toHaveLength(2);
    await one.work();
    await other.work();
    expect(other.publisher.of('window.backfill')).toHaveLength(3);
  });

  it('sends what only one process may look at to that process', async () => {
    const network = await watched('via', ['here', 'there, via: fra-1']);
    await network.plan();
    expect(network.publisher.published.map(({ via, payload }) => [payload, via])).toEqual(
      expect.arrayContaining([
        [expect.objectContaining({ machine: network.id('here') }), null],
        [expect.objectContaining({ machine: network.id('there') }), 'fra-1'],
      ]),
    );
    await network.work();
  });

  it('leaves a machine alone that another process has taken, until that one is silent for too long', async () => {
    const network = await watched('taken');
    await network.plan();
    const lost = network.nextJob()!;
    network.clock.set(HOUR_MS + 29 * SECOND);
    await network.see('db-1', 'agents');
    await network.plan();
    expect(network.nextJob()).toBeNull();
    network.clock.set(HOUR_MS + 30 * SECOND);
    await network.plan();
    await network.run(lost); // it was only late: the other has its machine by now
    expect(network.asked()).toEqual([]);
    await network.work();
    expect(network.asked()).toHaveLength(3);
  });

  it('asks once for each gap, although two processes have the same job', async () => {
    const network = await watched('twice');
    await network.plan();
    const job = network.nextJob()!;
    const second = new AskedNetwork(opened.other, 'twice');
    await Promise.all([network.run(job), network.run(job)]);
    await second.run(job);
    const rows = [...(await network.rows('db-1')).values()];
    expect(rows.map(({ conclusion }) => conclusion)).toEqual(['network', 'network', 'network']);
    expect(second.asked()).toEqual([]);
  });

  it.each([
    ['in the middle of a read', { reason: 'unobserved', detail: 'the process stops' }],
    ['after a read', whole(1)],
  ] as const)('stops when the process stops, %s, and leaves the rest to others at once', async (when, read) => {
    const network = await watched(when.replaceAll(' ', '-'));
    const stop = new AbortController();
    network.monitor.answer = () => {
      stop.abort();
      return read;
    };
    await network.plan();
    await network.run(network.nextJob()!, stop.signal);
    expect(network.asked()).toHaveLength(1);
    network.monitor.answer = () => whole(1);
    await network.plan();
    await network.work();
    const rows = [...(await network.rows('db-1')).values()];
    expect(rows.map(({ conclusion }) => conclusion)).toEqual(['network', 'network', 'network']);
  });

  it('blames no machine for a database that is away', async () => {
    const network = await watched('outage');
    network.monitor.answer = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
    await network.plan();
    await expect(network.run(network.nextJob()!)).rejects.toThrow('gone');
    network.monitor.answer = () => whole(1);
    await network.plan(); // no pause, for nothing failed out there
    await network.work();
    await waitFor(async () => [...(await network.rows('db-1')).values()].every(({ filledAt }) => filledAt !== null));
  });
});
