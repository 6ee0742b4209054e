import { expect, test } from 'vitest';
import { shardsOf } from './shards.ts';

const machines = (count: number, via: string | null = null, from = 1): { machineId: number; via: string | null }[] =>
  Array.from({ length: count }, (_, i) => ({ machineId: from + i, via }));

test.each([
  ['none', machines(0), []],
  ['one', machines(1), [[1]]],
  ['exactly one shard', machines(2), [[1, 2]]],
  ['one more than a shard', machines(3), [[1, 2], [3]]],
  ['in the order of ids', machines(3).toReversed(), [[1, 2], [3]]],
])('machines are cut into shards: %s', (_what, given, ids) => {
  expect(shardsOf(given, 2).map(shard => shard.machineIds)).toEqual(ids);
});

test('a shard never mixes machines of different processes', () => {
  const shards = shardsOf([...machines(2), ...machines(1, 'fra-1', 10), ...machines(1, 'ams-1', 20)], 100);
  expect(shards).toEqual([
    { shard: 0, via: null, machineIds: [1, 2] },
    { shard: 1, via: 'ams-1', machineIds: [20] },
    { shard: 2, via: 'fra-1', machineIds: [10] },
  ]);
});
