import { describe, expect, it } from 'vitest';
import { aRow, valuesWith } from './machine-row.example.ts';
import { columnsOf } from '../list/list-kind.ts';
import { type Sort, sortRows } from '../list/sorting.ts';
import { MACHINE_LIST } from './machine-list.tsx';

const ROWS = [
  aRow({ name: 'web-10', values: valuesWith({ cpu: 30, load1: 1, disk: 10, diskFullest: 95 }), valuesAt: 3_000 }),
  aRow({ name: 'web-2', values: valuesWith({ cpu: 80, load1: 3, disk: 50, diskFullest: null }), valuesAt: 1_000 }),
  aRow({ name: 'db-1', state: 'down', reason: 'timeout', values: valuesWith({ cpu: 1 }), valuesAt: 100 }),
  aRow({ name: 'new-1', state: 'unknown', values: null, valuesAt: null }),
  aRow({
    name: 'api-1',
    state: 'degraded',
    values: valuesWith({ cpu: 50, load1: 2, disk: 60, diskFullest: 60 }),
    valuesAt: 2_000,
  }),
  aRow({
    name: 'old-1',
    state: 'maintenance',
    values: valuesWith({ cpu: 10, load1: 0, disk: 5, diskFullest: 5 }),
    valuesAt: 500,
  }),
];

describe('the order of the machines', () => {
  it.each<[string, string, Sort['direction'], string[]]>([
    ['the worst first, equals by name', 'state', 'descending', ['db-1', 'api-1', 'new-1', 'old-1', 'web-2', 'web-10']],
    [
      'the best first, but what is down stays on top',
      'state',
      'ascending',
      ['db-1', 'web-2', 'web-10', 'old-1', 'new-1', 'api-1'],
    ],
    ['names as people count', 'machine', 'ascending', ['db-1', 'api-1', 'new-1', 'old-1', 'web-2', 'web-10']],
    ['names backwards', 'machine', 'descending', ['db-1', 'web-10', 'web-2', 'old-1', 'new-1', 'api-1']],
    [
      'the greatest value first, none last',
      'cpu',
      'descending',
      ['db-1', 'web-2', 'api-1', 'web-10', 'old-1', 'new-1'],
    ],
    [
      'the least value first, none last too',
      'cpu',
      'ascending',
      ['db-1', 'old-1', 'web-10', 'api-1', 'web-2', 'new-1'],
    ],
    [
      'disk by the fullest mount, the root where no other is named',
      'disk',
      'descending',
      ['db-1', 'web-10', 'api-1', 'web-2', 'old-1', 'new-1'],
    ],
    ['the oldest sample first', 'age', 'descending', ['db-1', 'old-1', 'web-2', 'api-1', 'web-10', 'new-1']],
    ['load', 'load', 'descending', ['db-1', 'web-2', 'api-1', 'web-10', 'old-1', 'new-1']],
  ])('%s', (_, key, direction, names) => {
    const column = columnsOf(MACHINE_LIST).find(one => one.key === key);
    expect(column && sortRows(ROWS, direction, column.valueOf)).toEqual(names);
  });
});
