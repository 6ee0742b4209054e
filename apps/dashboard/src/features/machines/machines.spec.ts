import { describe, expect, it } from 'vitest';
import type { MachineCounts } from '../../api/client.ts';
import { nextSort } from './columns.ts';
import { matchesFilter } from './filter-machines.ts';
import { keepOrder } from './keep-order.ts';
import { aRow } from './machine-row.example.ts';
import { DEFAULT_SORT, type Sort } from './sort-machines.ts';
import { iconOf, truthOf } from './truth.ts';
import { levelOf } from './thresholds.ts';
import { formatSort, parseSort } from './use-sort.ts';

function counts(change: Partial<MachineCounts>): MachineCounts {
  return { total: 0, up: 0, degraded: 0, down: 0, unknown: 0, maintenance: 0, ...change };
}

describe('the sentence of truth', () => {
  it.each([
    [{}, 'No machines yet', 'normal'],
    [{ total: 1, up: 1 }, '1 machine, all up', 'normal'],
    [{ total: 5, up: 4, down: 1 }, '5 machines, 1 down', 'down'],
    [{ total: 4, up: 3, degraded: 1 }, '4 machines, 1 degraded', 'warning'],
    [{ total: 2, unknown: 2 }, '2 machines, 2 unknown', 'normal'],
    [
      { total: 9, up: 1, down: 2, degraded: 1, unknown: 2, maintenance: 3 },
      '9 machines, 2 down, 1 degraded, 2 unknown, 3 in maintenance',
      'down',
    ],
  ] as const)('%j is told as "%s"', (change, sentence, icon) => {
    expect([truthOf(counts(change)), iconOf(counts(change))]).toEqual([sentence, icon]);
  });
});

describe('the filter', () => {
  const row = aRow({
    name: 'Web-1',
    labels: [
      ['tier', 'Front'],
      ['region', 'eu'],
    ],
    state: 'down',
    reason: 'timeout',
  });

  it.each([
    ['', true],
    ['  ', true],
    ['web', true],
    ['WEB-1', true],
    ['tier=front', true],
    ['eu web', true],
    ['us web', false],
    ['timeout', true],
    ['is:down', true],
    ['is:up', false],
    ['is:dow', false],
    ['1tier', false],
  ])('"%s" lets it through: %s', (filter, isThrough) => {
    expect(matchesFilter(row, filter)).toBe(isThrough);
  });
});

describe('an order that is held', () => {
  it.each([
    ['nothing moves', ['a', 'b', 'c'], ['c', 'b', 'a'], ['a', 'b', 'c']],
    ['who is gone leaves', ['a', 'b', 'c'], ['c', 'a'], ['a', 'c']],
    ['who is new comes last', ['b', 'c'], ['a', 'c', 'b'], ['b', 'c', 'a']],
  ])('%s', (_, shown, wanted, expected) => {
    expect(keepOrder(shown, wanted)).toEqual(expected);
  });
});

describe('a click on a header', () => {
  it.each<[string, Sort, Sort['key'], Sort]>([
    ['asks for the greatest first', DEFAULT_SORT, 'cpu', { key: 'cpu', direction: 'descending' }],
    ['asks for names from A', DEFAULT_SORT, 'machine', { key: 'machine', direction: 'ascending' }],
    ['turns the order round', { key: 'cpu', direction: 'descending' }, 'cpu', { key: 'cpu', direction: 'ascending' }],
    ['goes back to the worst first', { key: 'cpu', direction: 'ascending' }, 'cpu', DEFAULT_SORT],
  ])('%s', (_, current, clicked, next) => {
    expect(nextSort(current, clicked)).toEqual(next);
  });

  it.each<Sort>([DEFAULT_SORT, { key: 'cpu', direction: 'descending' }, { key: 'machine', direction: 'ascending' }])(
    '%j survives the address',
    sort => {
      expect(parseSort(formatSort(sort))).toEqual(sort);
    },
  );

  it.each(['', 'nonsense', '--cpu'])('"%s" in the address is the default order', param => {
    expect(parseSort(param)).toEqual(DEFAULT_SORT);
  });
});

describe('how much a value stands out', () => {
  it.each([
    ['cpu', 74.9, 'normal'],
    ['cpu', 75, 'high'],
    ['cpu', 90, 'critical'],
    ['disk', 89.9, 'high'],
    ['loadPerCore', 2, 'critical'],
  ] as const)('%s %d is %s', (metric, value, level) => {
    expect(levelOf(metric, value)).toBe(level);
  });
});
