import { useCallback, useMemo } from 'react';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { DEFAULT_SORT, type Sort } from './sorting.ts';

/** The order of a list, kept in the address as `sort=cpu` or `sort=-cpu` (descending). */
export function useSort(columns: readonly { readonly key: string }[]): [sort: Sort, setSort: (sort: Sort) => void] {
  const [param, setParam] = useUrlParam('sort');
  const sort = useMemo(() => parseSort(param, columns), [param, columns]);
  const setSort = useCallback((next: Sort) => setParam(formatSort(next)), [setParam]);
  return [sort, setSort];
}

/** Anything that is no order by one of these columns is the default one. */
export function parseSort(param: string, columns: readonly { readonly key: string }[]): Sort {
  const column = columns.find(({ key }) => key === param.replace(/^-/, ''));
  if (column === undefined) return DEFAULT_SORT;
  return { key: column.key, direction: param.startsWith('-') ? 'descending' : 'ascending' };
}

export function formatSort({ key, direction }: Sort): string {
  if (key === DEFAULT_SORT.key && direction === DEFAULT_SORT.direction) return '';
  return direction === 'descending' ? `-${key}` : key;
}
