import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Machine } from '../../api/client.ts';
import type { LiveBatch } from '../list/live-batcher.ts';
import { aMachine, valuesWith } from '../machines/machine-row.example.ts';
import { machineRowOf } from '../machines/machine-row.ts';
import { aService } from '../services/service-row.example.ts';
import { serviceRowOf } from '../services/service-row.ts';
import { applyBatch, createStores, type NetworkStores } from './network-stores.ts';

const LATER = '2026-11-20T10:00:05.000Z';

let stores: NetworkStores;
let store: NetworkStores['machines'];

beforeEach(() => {
  stores = createStores();
  store = stores.machines;
  read([aMachine('web-1'), aMachine('web-2')], 1_000);
});

function read(machines: readonly Machine[], requestedAt: number): void {
  store.replaceAll(machines.map(machineRowOf), requestedAt);
}

function apply(batch: LiveBatch): void {
  applyBatch(stores, batch);
}

function down(machine: string, toldAt: number, kind: 'machine' | 'service' = 'machine'): LiveBatch {
  const verdict = { sequence: 1, kind, machine, to: 'down', reason: 'timeout', at: LATER, toldAt } as const;
  return { values: null, verdicts: [verdict] };
}

function values(machines: Record<string, number | null>, at = LATER): LiveBatch {
  const entries = Object.entries(machines).map(([name, cpu]) => [name, cpu === null ? null : valuesWith({ cpu })]);
  return { verdicts: [], values: { at, machines: Object.fromEntries(entries) } };
}

describe('an update', () => {
  it('tells the line that changed, and no other', () => {
    const [one, two, list] = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<() => void>()];
    store.subscribeRow('web-1', one);
    store.subscribeRow('web-2', two);
    store.subscribeList(list);
    apply(values({ 'web-1': 42 }));
    expect([one, two, list].map(listener => listener.mock.calls.length)).toEqual([1, 0, 0]);
    expect(store.row('web-1')).toMatchObject({ values: { cpu: 42 }, valuesAt: Date.parse(LATER) });
  });

  it('tells a line once, whatever came for it, and the list when a state changed', () => {
    const [line, list] = [vi.fn<() => void>(), vi.fn<() => void>()];
    store.subscribeRow('web-1', line);
    store.subscribeList(list);
    apply({ ...down('web-1', 2_000), values: values({ 'web-1': 7 }).values });
    expect([line.mock.calls.length, list.mock.calls.length]).toEqual([1, 1]);
    expect(store.counts()).toEqual({ total: 2, up: 1, degraded: 0, down: 1, unknown: 0, maintenance: 0 });
  });

  it('keeps the last known values and their age when a machine does not answer', () => {
    const before = store.row('web-1');
    apply(values({ 'web-1': null }));
    expect(store.row('web-1')).toBe(before);
  });

  it('ignores a machine that is not in the list', () => {
    const list = vi.fn<() => void>();
    store.subscribeList(list);
    apply(down('gone-1', 2_000));
    expect([store.row('gone-1'), list.mock.calls.length]).toEqual([undefined, 0]);
  });

  it('tells nobody who has unsubscribed', () => {
    const line = vi.fn<() => void>();
    store.subscribeRow('web-1', line)();
    apply(values({ 'web-1': 42 }));
    expect(line).not.toHaveBeenCalled();
  });
});

describe('a list that was read again', () => {
  it('does not undo a change that was told after it was asked for', () => {
    apply(down('web-1', 3_000));
    read([aMachine('web-1')], 2_000);
    expect(store.row('web-1')).toMatchObject({ state: 'down', reason: 'timeout', since: LATER });
  });

  it('corrects a change that was told before it was asked for', () => {
    apply(down('web-1', 3_000));
    read([aMachine('web-1')], 4_000);
    expect(store.row('web-1')?.state).toBe('up');
  });

  it('does not put older values in the place of newer ones', () => {
    apply(values({ 'web-1': 42 }));
    read([aMachine('web-1', 'up', 1)], 9_000);
    expect(store.row('web-1')?.values?.cpu).toBe(42);
    read([aMachine('web-1', 'up', 2, '2026-11-20T10:00:06.000Z')], 9_000);
    expect(store.row('web-1')?.values?.cpu).toBe(2);
  });

  it('removes who is gone', () => {
    read([aMachine('web-2')], 2_000);
    expect(store.rows().map(row => row.name)).toEqual(['web-2']);
  });
});

describe('services', () => {
  beforeEach(() => {
    stores.services.replaceAll([aService('shop'), aService('mail')].map(serviceRowOf), 1_000);
  });

  it('have states of their own, also one that is called like a machine', () => {
    stores.services.replaceAll([aService('web-1')].map(serviceRowOf), 1_000);
    apply(down('web-1', 2_000, 'service'));
    expect([stores.services.row('web-1')?.state, store.row('web-1')?.state]).toEqual(['down', 'up']);
    expect(stores.services.counts()).toMatchObject({ total: 1, down: 1 });
  });

  it('forget what the last check found when the state changes: it belongs to the state before', () => {
    expect(stores.services.row('shop')?.detail).toBe('200 in 12 ms');
    apply(down('shop', 2_000, 'service'));
    expect(stores.services.row('shop')?.detail).toBeNull();
    stores.services.replaceAll([aService('shop', 'down')].map(serviceRowOf), 3_000);
    expect(stores.services.row('shop')?.detail).toBe('200 in 12 ms');
  });

  it('keep a state that was told after the list was asked for, and take the rest of the list', () => {
    apply(down('shop', 3_000, 'service'));
    stores.services.replaceAll(
      [{ ...aService('shop'), uptime: { day: 99, week: 99, month: 99 } }].map(serviceRowOf),
      2_000,
    );
    expect(stores.services.row('shop')).toMatchObject({ state: 'down', detail: null, uptime: { day: 99 } });
  });

  it('are not told of values', () => {
    const listener = vi.fn<() => void>();
    stores.services.subscribeRow('shop', listener);
    apply(values({ shop: 42 }));
    expect(listener).not.toHaveBeenCalled();
  });
});
