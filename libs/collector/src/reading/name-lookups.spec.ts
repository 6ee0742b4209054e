import type { LookupAddress } from 'node:dns';
import { expect, test, vi } from 'vitest';
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

test('names that hang never take more than two look-ups', () => {
  const resolve = vi.fn<ResolveName>();
  const names = new NameLookups(resolve);
  for (const name of ['a', 'b', 'c', 'd']) names.lookup(name, { all: true }, () => undefined);
  expect(resolve.mock.calls.map(([name]) => name)).toEqual(['a', 'b']);
});
