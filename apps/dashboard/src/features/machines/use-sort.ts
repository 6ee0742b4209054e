import { useCallback, useMemo } from 'react';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { DEFAULT_SORT, SORT_KEYS, type Sort } from './sort-machines.ts';

/** The order of the table, kept in the address as `sort=cpu` or `sort=-cpu` (descending). */
export function useSort(): [sort: Sort, setSort: (sort: Sort) => void] {
  const [param, setParam] = useUrlParam('sort');
  const sort = useMemo(() => parseSort(param), [param]);
  const setSort = useCallback((next: Sort) => setParam(formatSort(next)), [setParam]);
  return [sort, setSort];
}

/** Anything that is no order is the default one. */
export function parseSort(param: string): Sort {
  const key = SORT_KEYS.find(known => known === param.replace(/^-/, ''));
  if (key === undefined) return DEFAULT_SORT;
  return { key, direction: param.startsWith('-') ? 'descending' : 'ascending' };
}

export function formatSort({ key, direction }: Sort): string {
  if (key === DEFAULT_SORT.key && direction === DEFAULT_SORT.direction) return '';
  return direction === 'descending' ? `-${key}` : key;
}
