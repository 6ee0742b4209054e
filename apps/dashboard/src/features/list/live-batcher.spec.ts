import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { valuesWith } from '../machines/machine-row.example.ts';
import { type LiveBatch, LiveBatcher } from './live-batcher.ts';

const AT = '2026-11-20T10:00:00.000Z';

let batches: LiveBatch[];
let batcher: LiveBatcher;

beforeEach(() => {
  vi.useFakeTimers();
  batches = [];
  batcher = new LiveBatcher(batch => batches.push(batch));
});

afterEach(() => {
  vi.useRealTimers();
});

function down(machine: string): void {
  batcher.verdict({ sequence: 1, kind: 'machine', machine, to: 'down', reason: null, at: AT });
}

describe('live events', () => {
  it('are handed on at once when the page has been quiet', () => {
    down('web-1');
    vi.advanceTimersByTime(1);
    expect(batches).toHaveLength(1);
  });

  it('become one update a second, however many there are', () => {
    for (let ms = 0; ms < 3_000; ms += 10) {
      down(`web-${ms}`);
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(1_000);
    expect(batches.length).toBeLessThanOrEqual(5);
    expect(batches.flatMap(batch => batch.verdicts)).toHaveLength(300);
  });

  it('keep the newest values of each machine', () => {
    down('web-9');
    vi.advanceTimersByTime(1);
    batcher.values({ at: AT, machines: { a: valuesWith({ cpu: 1 }), b: valuesWith({ cpu: 2 }) } });
    batcher.values({ at: AT, machines: { a: valuesWith({ cpu: 3 }) } });
    vi.advanceTimersByTime(1_000);
    expect(batches[1]?.values?.machines).toMatchObject({ a: { cpu: 3 }, b: { cpu: 2 } });
  });

  it('are dropped when nobody looks any more', () => {
    down('web-1');
    batcher.close();
    vi.advanceTimersByTime(5_000);
    expect(batches).toEqual([]);
  });
});
