import { describe, expect, it } from 'vitest';
import { columnsOf } from '../list/list-kind.ts';
import { type Sort, sortRows } from '../list/sorting.ts';
import { aServiceRow } from './service-row.example.ts';
import { uptimeCell } from './cells.tsx';
import { SERVICE_LIST, SERVICE_LIST_NOW } from './service-list.tsx';

const ROWS = [
  aServiceRow({ name: 'shop-10', latencyMs: 30, uptime: { day: 99.5, week: 99, month: 98 }, checkedAt: 3_000 }),
  aServiceRow({ name: 'shop-2', latencyMs: 80, uptime: { day: 100, week: 99.9, month: 99.9 }, checkedAt: 1_000 }),
  aServiceRow({ name: 'mail', state: 'down', reason: 'refused', uptime: { day: 90, week: 91, month: 99.95 } }),
  aServiceRow({ name: 'new', state: 'unknown', uptime: { day: null, week: null, month: null } }),
];

describe('the order of the services', () => {
  it.each<[string, string, Sort['direction'], string[]]>([
    ['the worst first', 'state', 'descending', ['mail', 'new', 'shop-2', 'shop-10']],
    ['names as people count', 'service', 'ascending', ['mail', 'new', 'shop-2', 'shop-10']],
    ['the slowest first', 'latency', 'descending', ['mail', 'shop-2', 'shop-10', 'new']],
    ['the least uptime first, none last', 'day', 'ascending', ['mail', 'shop-10', 'shop-2', 'new']],
    ['the most uptime first, none last too', 'month', 'descending', ['mail', 'shop-2', 'shop-10', 'new']],
    ['who was checked longest ago', 'age', 'descending', ['mail', 'shop-2', 'shop-10', 'new']],
  ])('%s', (_, key, direction, names) => {
    const column = columnsOf(SERVICE_LIST).find(one => one.key === key);
    expect(column && sortRows(ROWS, direction, column.valueOf)).toEqual(names);
  });
});

describe('without permission to see the past', () => {
  it('there is no column of the past, at whatever width', () => {
    const keys = SERVICE_LIST_NOW.columnsByStep.map(columns => columns.map(({ key }) => key));
    expect(keys.at(-1)).toEqual(['service', 'state', 'latency', 'age']);
    expect(keys[0]).toEqual(['service', 'latency']);
  });

  it('a cell of the past says nothing, rather than that nothing was checked', () => {
    expect(uptimeCell(aServiceRow({ uptime: null }), 'day')).toEqual({ content: null });
  });

  it('rows are ordered all the same', () => {
    const rows = [aServiceRow({ name: 'b', uptime: null }), aServiceRow({ name: 'a', uptime: null })];
    const column = columnsOf(SERVICE_LIST).find(({ key }) => key === 'day');
    expect(column && sortRows(rows, 'ascending', column.valueOf)).toEqual(['a', 'b']);
  });
});
