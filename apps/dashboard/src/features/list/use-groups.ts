import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { foldKeyOf, type Group, groupKeysOf, groupRows } from './groups.ts';
import type { ListKind } from './list-kind.ts';
import type { RowStore } from './row-store.ts';
import type { StateRow } from './state-row.ts';

/** How a list is grouped, kept in the address as `group=tier` and `folded=db,web`. */
export interface Grouping {
  /** The label that the groups are made by; empty: there are none. */
  readonly by: string;
  readonly choices: readonly string[];
  readonly onBy: (label: string) => void;
  /** `null`: the list is not grouped. */
  readonly groups: readonly Group[] | null;
  readonly folded: ReadonlySet<string>;
  readonly onFold: (group: Group) => void;
}

export function useGroups<Row extends StateRow>(
  kind: ListKind<Row>,
  store: RowStore<Row>,
  order: readonly string[],
): Grouping {
  const [param, setBy] = useUrlParam('group');
  const [foldedParam, setFolded] = useUrlParam('folded');
  const version = useSyncExternalStore(store.subscribeList, store.version);
  // `version` stands for what the store has: the rows and their labels.
  const choices = useMemo(() => groupKeysOf(store.rows().map(kind.labelsOf)), [store, kind, version]);
  const by = choices.includes(param) ? param : '';
  const groups = useMemo(() => {
    if (by === '') return null;
    const rows = order.flatMap(name => store.row(name) ?? []);
    return groupRows(rows, row => kind.labelsOf(row).find(([key]) => key === by)?.[1] ?? null);
  }, [store, kind, order, by, version]);
  const folded = useMemo(() => foldedOf(foldedParam), [foldedParam]);
  const onFold = useCallback(
    (group: Group) => setFolded(renderFolded(toggled(folded, foldKeyOf(group.value)))),
    [folded, setFolded],
  );
  const onBy = useCallback(
    (label: string) => {
      setFolded('');
      setBy(label);
    },
    [setBy, setFolded],
  );
  return { by, choices, onBy, groups, folded, onFold };
}

function toggled(folded: ReadonlySet<string>, key: string): string[] {
  return folded.has(key) ? [...folded].filter(one => one !== key) : [...folded, key];
}

/** The group without a value is an empty text, so an empty parameter would be ambiguous: each stands behind a comma. */
function foldedOf(param: string): ReadonlySet<string> {
  return new Set(param.split(',').slice(1));
}

function renderFolded(folded: readonly string[]): string {
  return folded.map(key => `,${key}`).join('');
}
