import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aMachine, valuesWith } from './machine-row.example.ts';
import { type LiveBatch, MachineStore } from './machine-store.ts';

const LATER = '2026-11-20T10:00:05.000Z';

let store: MachineStore;

beforeEach(() => {
  store = new MachineStore();
  store.replaceAll([aMachine('web-1'), aMachine('web-2')], 1_000);
});

function down(machine: string, toldAt: number): LiveBatch {
  return { values: null, verdicts: [{ sequence: 1, machine, to: 'down', reason: 'timeout', at: LATER, toldAt }] };
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
    store.apply(values({ 'web-1': 42 }));
    expect([one, two, list].map(listener => listener.mock.calls.length)).toEqual([1, 0, 0]);
    expect(store.row('web-1')).toMatchObject({ values: { cpu: 42 }, valuesAt: Date.parse(LATER) });
  });

  it('tells a line once, whatever came for it, and the list when a state changed', () => {
    const [line, list] = [vi.fn<() => void>(), vi.fn<() => void>()];
    store.subscribeRow('web-1', line);
    store.subscribeList(list);
    store.apply({ ...down('web-1', 2_000), values: values({ 'web-1': 7 }).values });
    expect([line.mock.calls.length, list.mock.calls.length]).toEqual([1, 1]);
    expect(store.counts()).toEqual({ total: 2, up: 1, degraded: 0, down: 1, unknown: 0, maintenance: 0 });
  });

  it('keeps the last known values and their age when a machine does not answer', () => {
    const before = store.row('web-1');
    store.apply(values({ 'web-1': null }));
    expect(store.row('web-1')).toBe(before);
  });

  it('ignores a machine that is not in the list', () => {
    const list = vi.fn<() => void>();
    store.subscribeList(list);
    store.apply(down('gone-1', 2_000));
    expect([store.row('gone-1'), list.mock.calls.length]).toEqual([undefined, 0]);
  });

  it('tells nobody who has unsubscribed', () => {
    const line = vi.fn<() => void>();
    store.subscribeRow('web-1', line)();
    store.apply(values({ 'web-1': 42 }));
    expect(line).not.toHaveBeenCalled();
  });
});

describe('a list that was read again', () => {
  it('does not undo a change that was told after it was asked for', () => {
    store.apply(down('web-1', 3_000));
    store.replaceAll([aMachine('web-1')], 2_000);
    expect(store.row('web-1')).toMatchObject({ state: 'down', reason: 'timeout', since: LATER });
  });

  it('corrects a change that was told before it was asked for', () => {
    store.apply(down('web-1', 3_000));
    store.replaceAll([aMachine('web-1')], 4_000);
    expect(store.row('web-1')?.state).toBe('up');
  });

  it('does not put older values in the place of newer ones', () => {
    store.apply(values({ 'web-1': 42 }));
    store.replaceAll([aMachine('web-1', 'up', 1)], 9_000);
    expect(store.row('web-1')?.values?.cpu).toBe(42);
    store.replaceAll([aMachine('web-1', 'up', 2, '2026-11-20T10:00:06.000Z')], 9_000);
    expect(store.row('web-1')?.values?.cpu).toBe(2);
  });

  it('removes who is gone', () => {
    store.replaceAll([aMachine('web-2')], 2_000);
    expect(store.rows().map(row => row.name)).toEqual(['web-2']);
  });
});
