import { describe, expect, it } from 'vitest';
import { LiveBuffer } from './live-buffer.ts';
import { liveModel } from './live-model.ts';

const AT = Date.parse('2026-11-20T10:00:00Z');
const CPU = [{ column: 'cpu', label: 'CPU' }];

/** Seconds from AT on; `null`: no answer, `undefined`: nothing came. */
function filled(seconds: readonly (number | null | undefined)[], capacity = 100): LiveBuffer {
  const buffer = new LiveBuffer(['cpu', 'memory'], capacity);
  for (const [index, cpu] of seconds.entries()) {
    if (cpu !== undefined) buffer.append(AT + index * 1_000, cpu === null ? null : { cpu });
  }
  return buffer;
}

describe('the last seconds', () => {
  it.each([
    ['are in their order', [1, 2, 3], 5, [1, 2, 3]],
    ['are as many as there is room for', [1, 2, 3, 4, 5, 6, 7], 3, [5, 6, 7]],
    ['hold a second without an answer too', [1, null, 3], 5, [1, null, 3]],
    ['are none before the first', [], 3, []],
  ])('%s', (_, seconds, capacity, points) => {
    const buffer = filled(seconds, capacity);
    expect(buffer.points('cpu')).toEqual(points);
    expect(buffer.times()).toHaveLength(points.length);
    expect(buffer.points('nonsense')).toEqual(points.map(() => null));
  });

  it('never go back in time, and say that they have changed', () => {
    const buffer = filled([1, 2]);
    let told = 0;
    const stop = buffer.subscribe(() => (told += 1));
    const before = buffer.version();
    buffer.append(AT + 1_000, { cpu: 9 });
    expect([buffer.points('cpu'), told, buffer.version()]).toEqual([[1, 2], 0, before]);
    buffer.append(AT + 2_000, { cpu: 3 });
    expect([buffer.points('cpu'), told]).toEqual([[1, 2, 3], 1]);
    expect(buffer.version()).not.toBe(before);
    stop();
    buffer.append(AT + 3_000, { cpu: 4 });
    expect(told).toBe(1);
  });

  it.each([
    ['nothing came', [], false],
    ['none was answered', [null, null], false],
    ['one was answered', [null, 0, null], true],
    ['those that were are gone', [1, null, null], false],
  ])('know whether the machine answered: %s', (_, seconds, isAnswered) => {
    expect(filled(seconds, 2).hasAnswer()).toBe(isAnswered);
  });

  it('are replaced by others, which is told once', () => {
    const buffer = filled([1, 2, 3]);
    let told = 0;
    buffer.subscribe(() => (told += 1));
    const seconds = [5, 6, null].map((cpu, second) => ({
      atMs: AT + second * 1_000,
      values: cpu === null ? null : { cpu },
    }));
    buffer.replaceAll(seconds);
    expect([buffer.points('cpu'), buffer.answered(), told]).toEqual([[5, 6, null], [true, true, false], 1]);
    expect([buffer.firstMs(), buffer.lastMs()]).toEqual([AT, AT + 2_000]);
    buffer.replaceAll([]);
    expect([buffer.times(), buffer.firstMs(), buffer.lastMs()]).toEqual([[], undefined, undefined]);
  });
});

describe('a chart of the last seconds', () => {
  it('ends with the last one and shows no more than it should', () => {
    const model = liveModel(filled([1, 2, 3, 4, 5]), CPU, 2_000);
    expect([model.fromMs, model.toMs]).toEqual([AT + 2_000, AT + 4_000]);
    expect(model.times).toEqual([AT / 1000 + 2, AT / 1000 + 3, AT / 1000 + 4]);
    expect(model.series[0]?.avg).toEqual([3, 4, 5]);
  });

  it('says when the machine did not answer', () => {
    const { spans, series } = liveModel(filled([1, null, null, 4]), CPU);
    expect(spans).toEqual([expect.objectContaining({ fromMs: AT + 1_000, toMs: AT + 3_000, kind: 'unreachable' })]);
    expect(series[0]?.avg).toEqual([1, null, null, 4]);
  });

  it('breaks its line where nothing came, but not for one second that is late', () => {
    const nothing = undefined;
    const { spans, series, times } = liveModel(filled([1, nothing, 3, nothing, nothing, nothing, nothing, 8]), CPU);
    expect(series[0]?.avg).toEqual([1, 3, null, 8]);
    expect(times).toEqual([0, 2, 3, 7].map(second => AT / 1000 + second));
    expect(spans).toEqual([expect.objectContaining({ fromMs: AT + 3_000, toMs: AT + 7_000, kind: 'missing' })]);
  });
});
