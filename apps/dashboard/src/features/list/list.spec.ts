import { describe, expect, it } from 'vitest';
import { aRow } from '../machines/machine-row.example.ts';
import { nextSort } from './columns.ts';
import { keepOrder } from './keep-order.ts';
import { matchesFilter } from './matches-filter.ts';
import { DEFAULT_SORT, type Sort } from './sorting.ts';
import { formatSort, parseSort } from './use-sort.ts';

const COLUMNS = [{ key: 'machine' }, { key: 'state' }, { key: 'cpu' }];

describe('the filter', () => {
  const row = aRow({ name: 'Web-1', state: 'down', reason: 'timeout' });
  const labels = ['tier=Front', 'region=eu'];

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
    ['is:up IS:Down', true],
    ['us is:down', false],
    ['is:dow', false],
    ['1tier', false],
  ])('"%s" lets it through: %s', (filter, isThrough) => {
    expect(matchesFilter(row, labels, filter)).toBe(isThrough);
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
  it.each<[string, Sort, string, Sort]>([
    ['asks for the greatest first', DEFAULT_SORT, 'cpu', { key: 'cpu', direction: 'descending' }],
    ['asks for names from A', DEFAULT_SORT, 'machine', { key: 'machine', direction: 'ascending' }],
    ['turns the order round', { key: 'cpu', direction: 'descending' }, 'cpu', { key: 'cpu', direction: 'ascending' }],
    ['goes back to the worst first', { key: 'cpu', direction: 'ascending' }, 'cpu', DEFAULT_SORT],
  ])('%s', (_, current, clicked, next) => {
    const first = clicked === 'machine' ? 'ascending' : 'descending';
    expect(nextSort(current, { key: clicked, first })).toEqual(next);
  });

  it.each<Sort>([DEFAULT_SORT, { key: 'cpu', direction: 'descending' }, { key: 'machine', direction: 'ascending' }])(
    '%j survives the address',
    sort => {
      expect(parseSort(formatSort(sort), COLUMNS)).toEqual(sort);
    },
  );

  it.each(['', 'nonsense', '--cpu', 'latency'])('"%s" in the address is the default order', param => {
    expect(parseSort(param, COLUMNS)).toEqual(DEFAULT_SORT);
  });
});
