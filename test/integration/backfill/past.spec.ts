import { describe, expect, it } from 'vitest';
import { databases } from '../../support/services.ts';
import { later, useStorage, WINDOW_MS } from '../storage/fixtures.ts';
import { AskedNetwork, EMPTY, HOUR_MS, SILENT, whole, type Answer } from './asked-network.ts';

const MINUTE = 60_000;
/** A machine is added at 10:05; so many windows of the day before are asked for. */
const DAY = 144;

describe.each(databases())('the day before a machine was added, on $name', ({ url }) => {
  const opened = useStorage(url);

  async function added(name: string, at: number, answer: Answer): Promise<AskedNetwork> {
    const network = new AskedNetwork(opened.storage, name);
    network.clock.set(at);
    await network.watch(['new']);
    await network.see('new', 'agents');
    network.monitor.answer = answer;
    return network;
  }

  const since =
    (window: number): Answer =>
    (_, start) =>
      start < later(window * WINDOW_MS) ? EMPTY : whole(3);

  it('is asked for at once, newest first and each window once; what the agent has is there', async () => {
    const network = await added('fresh', 5 * MINUTE, since(-20));
    await network.plan();
    await network.work();
    expect(network.asked().map(([, window]) => window)).toEqual(Array.from({ length: DAY }, (_, at) => -1 - at));
    const rows = await network.rows('new');
    expect([...rows.keys()]).toEqual(Array.from({ length: 20 }, (_, at) => at - 20));
    for (const row of rows.values()) {
      expect(row).toMatchObject({
        reachable: false,
        reason: 'unobserved',
        conclusion: 'distomon',
        source: 'agent',
        collectedAt: network.clock.now(),
        filledAt: network.clock.now(),
        metrics: { cpu: { avg: 3 } },
      });
    }
    await network.plan();
    expect(network.nextJob()).toBeNull();
  });

  it('is not asked for before the time from which on the agent says to know anything', async () => {
    const network = await added('since', 5 * MINUTE, since(-DAY));
    network.monitor.since = later(-3 * WINDOW_MS + MINUTE);
    await network.plan();
    await network.work();
    expect(network.asked().map(([, window]) => window)).toEqual([-1, -2, -3]);
    await network.plan();
    expect(network.nextJob()).toBeNull();
  });

  it('is gone on with where it was left, when the agent falls silent', async () => {
    const network = await added('left', 5 * MINUTE, (_, start) => (start < later(-30 * WINDOW_MS) ? SILENT : EMPTY));
    await network.plan();
    await network.work();
    const before = network.asked().length;
    network.monitor.answer = since(-DAY);
    network.clock.set(5 * MINUTE + 10_000);
    await network.plan();
    await network.work();
    // what was empty before is not asked for again
    expect(
      network
        .asked()
        .slice(before)
        .map(([, window]) => window),
    ).toEqual(Array.from({ length: DAY - 30 }, (_, at) => -31 - at));
    expect((await network.rows('new')).size).toBe(DAY - 30);
  });

  it('ends with the window that had hardly closed, as soon as that can be asked for', async () => {
    const network = await added('young', 20_000, since(-DAY));
    await network.plan();
    await network.work();
    expect(network.asked().map(([, window]) => window)).toEqual(Array.from({ length: DAY - 1 }, (_, at) => -2 - at));
    network.clock.set(37_000 - 1);
    await network.see('new', 'agents');
    await network.plan();
    expect(network.nextJob()).toBeNull();
    network.clock.set(37_000);
    await network.plan();
    await network.work();
    expect(network.asked().at(-1)).toEqual(['new', -1]);
    expect(network.asked()).toHaveLength(DAY);
    await network.plan();
    expect(network.nextJob()).toBeNull();
  });

  it('holds, when a machine comes back, the time in which it was not in the file', async () => {
    const network = await added('back', 5 * MINUTE, since(-20));
    await network.plan();
    await network.work();
    network.clock.set(HOUR_MS + 5 * MINUTE);
    await network.watch(['other'], 2);
    network.clock.set(3 * HOUR_MS + 5 * MINUTE);
    await network.watch(['new'], 3);
    await network.see('new', 'agents');
    const before = network.asked().length;
    await network.plan();
    await network.work();
    const asked = network
      .asked()
      .slice(before)
      .map(([, window]) => window);
    expect(asked).toEqual([...Array(DAY)].map((_, at) => 17 - at).filter(window => window >= 0 || window < -20));
    expect([...(await network.rows('new')).keys()]).toEqual(Array.from({ length: 38 }, (_, at) => at - 20));
  });

  it('comes after the gaps since', async () => {
    const network = await added('after', 5 * MINUTE, since(-2));
    await network.miss('new', [0, 1]);
    network.clock.set(HOUR_MS);
    await network.see('new', 'agents');
    await network.plan();
    await network.work();
    expect(
      network
        .asked()
        .slice(0, 4)
        .map(([, window]) => window),
    ).toEqual([1, 0, -1, -2]);
  });
});
