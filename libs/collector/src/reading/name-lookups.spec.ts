import type { LookupAddress } from 'node:dns';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { NameLookups, type ResolveName } from './name-lookups.ts';

const ADDRESSES: LookupAddress[] = [{ address: '10.0.0.1', family: 4 }];

function lookupAll(names: NameLookups, name: string): Promise<unknown> {
  return new Promise(resolve => names.lookup(name, { all: true }, (error, found) => resolve(error ?? found)));
}

test('a name is asked once for all who wait, and then remembered', async () => {
  const resolve = vi.fn<ResolveName>((_, done) => queueMicrotask(() => done(null, ADDRESSES)));
  const names = new NameLookups(resolve);
  expect(await Promise.all([lookupAll(names, 'a'), lookupAll(names, 'a')])).toEqual([ADDRESSES, ADDRESSES]);
  expect(await lookupAll(names, 'a')).toEqual(ADDRESSES);
  expect(resolve).toHaveBeenCalledOnce();
});

test('a failure is not remembered', async () => {
  const resolve = vi.fn<ResolveName>((_, done) => queueMicrotask(() => done(new Error('not now'), [])));
  const names = new NameLookups(resolve);
  expect(await lookupAll(names, 'a')).toMatchObject({ message: 'not now' });
  await lookupAll(names, 'a');
  expect(resolve).toHaveBeenCalledTimes(2);
});

describe('a name that was found', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => vi.useRealTimers());

  test('waits for no name that hangs, for five minutes', async () => {
    const resolve = vi.fn<ResolveName>((name, done) => (name === 'a' ? done(null, ADDRESSES) : undefined));
    const names = new NameLookups(resolve);
    await lookupAll(names, 'a');
    for (const name of ['hangs', 'hangs too']) names.lookup(name, { all: true }, () => undefined);
    vi.advanceTimersByTime(299_999);
    expect(await lookupAll(names, 'a')).toEqual(ADDRESSES);
    vi.advanceTimersByTime(1);
    const late = vi.fn<() => void>();
    names.lookup('a', { all: true }, late);
    await Promise.resolve();
    expect(late).not.toHaveBeenCalled();
  });

  test('is asked for again after 30 s, and what came of it counts from then on', async () => {
    const moved: LookupAddress[] = [{ address: '10.0.0.2', family: 4 }];
    const resolve = vi.fn<ResolveName>((_, done) => done(new Error('gone'), []));
    resolve.mockImplementationOnce((_, done) => done(null, ADDRESSES));
    resolve.mockImplementationOnce((_, done) => done(null, moved));
    const names = new NameLookups(resolve);
    await lookupAll(names, 'a');
    vi.advanceTimersByTime(29_999);
    expect(await lookupAll(names, 'a')).toEqual(ADDRESSES);
    expect(resolve).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1);
    expect([await lookupAll(names, 'a'), await lookupAll(names, 'a')]).toEqual([ADDRESSES, moved]);
    vi.advanceTimersByTime(30_000);
    expect(await lookupAll(names, 'a')).toEqual(moved);
    expect(await lookupAll(names, 'a')).toMatchObject({ message: 'gone' });
  });
});

test('names that hang never take more than two look-ups', () => {
  const resolve = vi.fn<ResolveName>();
  const names = new NameLookups(resolve);
  for (const name of ['a', 'b', 'c', 'd']) names.lookup(name, { all: true }, () => undefined);
  expect(resolve.mock.calls.map(([name]) => name)).toEqual(['a', 'b']);
});
