import { describe, expect, it } from 'vitest';
import type { WindowReading } from '#collector';
import { databases, waitFor } from '../../support/services.ts';
import { later, useStorage, WINDOW_MS } from '../storage/fixtures.ts';
import { AskedNetwork, EMPTY, HOUR_MS, SILENT, whole } from './asked-network.ts';

const SECOND = 1_000;

describe.each(databases())('gaps on $name', ({ url }) => {
  const opened = useStorage(url);

  async function watched(name: string, machines: readonly string[] = ['db-1']): Promise<AskedNetwork> {
    const network = new AskedNetwork(opened.storage, name);
    await network.watchForLong(machines);
    return network;
  }

  it('are asked for newest first, and filled beside what was known of them', async () => {
    const network = await watched('filled');
    await network.miss('db-1', [0, 3], 'timeout');
    await network.miss('db-1', [1], 'denied');
    await network.miss('db-1', [2], 'unobserved');
    network.monitor.answer = (_, start) => whole((start.getTime() / WINDOW_MS) % 7);
    const before = await network.rows('db-1');
    await network.plan();
    await network.work();
    expect(network.asked().map(([, window]) => window)).toEqual([3, 2, 1, 0]);
    const conclusions = ['network', 'agent', 'distomon', 'network'];
    for (const [window, row] of await network.rows('db-1')) {
      expect(row).toMatchObject({
        ...before.get(window),
        source: 'agent',
        fullestMount: '/',
        filledAt: later(HOUR_MS),
        conclusion: conclusions[window],
        metrics: { cpu: { avg: (later(window * WINDOW_MS).getTime() / WINDOW_MS) % 7, samples: 600 } },
      });
    }
    await network.plan();
    expect(network.nextJob()).toBeNull();
  });

  it('of which the machine has nothing either are done with, and those that failed are not', async () => {
    const network = await watched('nothing');
    await network.miss('db-1', [0, 1, 2, 3]);
    network.monitor.answer = (_, start) => (start < later(2 * WINDOW_MS) ? SILENT : EMPTY);
    await network.plan();
    await network.work();
    const conclusions = async () => [...(await network.rows('db-1')).values()].map(({ conclusion }) => conclusion);
    // the agent may have begun anew while nobody looked, and may not have loaded yet what it kept
    expect(await conclusions()).toEqual([null, null, null, null]);
    network.clock.set(HOUR_MS + 10 * SECOND);
    await network.plan();
    await network.work();
    expect(network.asked().map(([, window]) => window)).toEqual([3, 2, 1, 3, 2, 1]);
    expect(await conclusions()).toEqual([null, null, 'no_data', 'no_data']);
    const rows = [...(await network.rows('db-1')).values()];
    for (const row of rows) expect(row).toMatchObject({ reason: 'timeout', filledAt: null, source: null, metrics: {} });
  });

  it('of which one cannot be understood do not keep the others', async () => {
    const network = await watched('skipped');
    await network.miss('db-1', [0, 1, 2]);
    const broken: WindowReading = { reason: 'bad_response', detail: 'it has no step' };
    network.monitor.answer = (_, start) => (start.getTime() === later(WINDOW_MS).getTime() ? broken : whole(1));
    await network.plan();
    await network.work();
    const rows = [...(await network.rows('db-1')).values()];
    expect(rows.map(({ conclusion }) => conclusion)).toEqual(['network', null, 'network']);
    network.clock.set(HOUR_MS + 10 * SECOND);
    await network.plan();
    await network.work();
    expect(network.asked().map(([, window]) => window)).toEqual([2, 1, 0, 1]);
  });

  it('of a machine that cannot be asked are tried again after pauses that grow', async () => {
    const network = await watched('pauses');
    await network.miss('db-1', [0]);
    network.monitor.answer = () => SILENT;
    let now = HOUR_MS;
    for (const [failures, pauseMs] of [10, 20, 40].map(seconds => seconds * SECOND).entries()) {
      await network.see('db-1', 'agents');
      await network.plan();
      await network.work();
      expect(network.asked()).toHaveLength(failures + 1);
      network.clock.set(now + pauseMs - 1);
      await network.see('db-1', 'agents');
      await network.plan();
      expect(network.nextJob()).toBeNull();
      now += pauseMs;
      network.clock.set(now);
    }
  });

  it('are asked for when the machine answers, and not before', async () => {
    const network = await watched('silent');
    await network.miss('db-1', [0]);
    network.clock.set(HOUR_MS + SECOND);
    await network.see('db-1', 'agents', { reason: 'timeout', values: null });
    await network.plan();
    expect(network.nextJob()).toBeNull();
    network.clock.set(HOUR_MS + 10 * SECOND);
    await network.see('db-1', 'agents');
    network.clock.set(HOUR_MS + 50 * SECOND); // and has said nothing since
    await network.plan();
    expect(network.nextJob()).toBeNull();
    await network.see('db-1', 'agents');
    await network.plan();
    expect(network.nextJob()).not.toBeNull();
  });

  it('of which an agent that has just come back has nothing are asked for again a minute later', async () => {
    const network = await watched('loading');
    await network.miss('db-1', [0, 1, 2]);
    network.clock.set(HOUR_MS + SECOND);
    await network.see('db-1', 'agents', { reason: 'refused', values: null });
    network.clock.set(HOUR_MS + 10 * SECOND);
    await network.see('db-1', 'agents');
    network.monitor.answer = (_, start) => (start.getTime() === later(WINDOW_MS).getTime() ? whole(7) : EMPTY);
    await network.plan();
    await network.work();
    const conclusions = async (): Promise<unknown[]> =>
      [...(await network.rows('db-1')).values()].map(({ conclusion }) => conclusion);
    expect(await conclusions()).toEqual([null, 'network', null]);
    network.clock.set(HOUR_MS + 70 * SECOND - 1);
    await network.see('db-1', 'agents');
    await network.plan();
    expect(network.nextJob()).toBeNull();
    network.clock.set(HOUR_MS + 70 * SECOND);
    await network.plan();
    await network.work();
    expect(network.asked().map(([, window]) => window)).toEqual([2, 1, 0, 2, 0]);
    expect(await conclusions()).toEqual(['no_data', 'network', 'no_data']);
  });

  it('older than thirty days are left as they are', async () => {
    const network = await watched('old');
    const monthWindows = (30 * 24 * HOUR_MS) / WINDOW_MS;
    await network.miss('db-1', [6 - monthWindows - 1, 6 - monthWindows]);
    await network.plan();
    await network.work();
    expect(network.asked()).toEqual([['db-1', 6 - monthWindows]]);
    await network.plan();
    expect(network.nextJob()).toBeNull();
  });

  it('of a machine with many of them wait after 36 for those of the others', async () => {
    const network = await watched('turns', ['much', 'little']);
    await network.miss(
      'much',
      Array.from({ length: 40 }, (_, window) => window - 40),
    );
    await network.miss('little', [0]);
    await network.plan();
    await network.work();
    const turns = network.asked().map(([machine]) => machine);
    expect(turns).toEqual([...Array<string>(36).fill('much'), 'little', ...Array<string>(4).fill('much')]);
    const rows = [...(await network.rows('much')).values()];
    expect(rows.every(({ filledAt }) => filledAt !== null)).toBe(true);
  });

  it('wait while a window is being read that has just closed', async () => {
    const network = await watched('urgent');
    await network.miss('db-1', [0, 1]);
    network.urgent.isBusy = true;
    network.monitor.answer = () => {
      network.urgent.isBusy = true;
      return whole(1);
    };
    await network.plan();
    const working = network.work();
    for (const count of [1, 2]) {
      await new Promise(resolve => setTimeout(resolve, 150));
      expect(network.asked()).toHaveLength(count - 1);
      network.urgent.isBusy = false;
      await waitFor(() => network.asked().length === count);
    }
    await working;
  });

  it('that come while others are being asked for are asked for next', async () => {
    const network = await watched('meanwhile');
    await network.miss('db-1', [0]);
    network.monitor.answer = async (_, start) => {
      if (start.getTime() === later(0).getTime()) await network.miss('db-1', [1]);
      return whole(1);
    };
    await network.plan();
    await network.work();
    expect(network.asked().map(([, window]) => window)).toEqual([0, 1]);
  });
});
