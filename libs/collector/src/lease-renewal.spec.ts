import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Clock } from '#config';
import { LeaseRenewal } from './lease-renewal.ts';

beforeEach(() => vi.useFakeTimers({ now: new Date('2026-11-20T10:00:00Z') }));
afterEach(() => vi.useRealTimers());

const warnings: object[] = [];
const nothing = (): void => {};
const log = { debug: nothing, info: nothing, warn: (facts: object) => void warnings.push(facts), error: nothing };

describe('a lease', () => {
  test('is renewed while the work goes on, each time well before it ends, and no longer', async () => {
    const until: Date[] = [];
    const renew = (at: Date): Promise<boolean> => Promise.resolve(until.push(at) > 0);
    const lease = new LeaseRenewal({ clock: new Clock(), log }, renew, new AbortController().signal, {});
    await vi.advanceTimersByTimeAsync(10_000);
    lease.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(until).toEqual([new Date('2026-11-20T10:00:20Z'), new Date('2026-11-20T10:00:25Z')]);
    expect(lease).toMatchObject({ isLost: false, signal: { aborted: false } });
  });

  test('that another has taken ends the work', async () => {
    const lease = new LeaseRenewal(
      { clock: new Clock(), log },
      () => Promise.resolve(false),
      new AbortController().signal,
      {},
    );
    await vi.advanceTimersByTimeAsync(5_000);
    lease.stop();
    expect(lease).toMatchObject({ isLost: true, signal: { aborted: true, reason: { code: 'LEASE_LOST' } } });
  });

  test('that cannot be renewed for a moment is not lost', async () => {
    const renew = vi.fn<(until: Date) => Promise<boolean>>().mockRejectedValue(new Error('the database is away'));
    const lease = new LeaseRenewal({ clock: new Clock(), log }, renew, new AbortController().signal, { shard: 3 });
    await vi.advanceTimersByTimeAsync(10_000);
    lease.stop();
    expect(renew).toHaveBeenCalledTimes(2);
    expect(lease).toMatchObject({ isLost: false, signal: { aborted: false } });
    expect(warnings).toEqual([expect.objectContaining({ shard: 3 }), expect.objectContaining({ shard: 3 })]);
  });

  test('ends the work when the process shuts down, and is not lost by that', () => {
    const shutdown = new AbortController();
    const lease = new LeaseRenewal({ clock: new Clock(), log }, () => Promise.resolve(true), shutdown.signal, {});
    shutdown.abort();
    lease.stop();
    expect(lease).toMatchObject({ isLost: false, signal: { aborted: true } });
  });
});
