import type { ListPart, Group } from './groups.ts';
import type { ListKind } from './list-kind.ts';
import type { RowStore } from './row-store.ts';
import type { Sort } from './sorting.ts';
import type { StateRow } from './state-row.ts';
import type { RowHandlers } from './use-row-press.ts';

/** What a table and a grid are given alike. */
export interface ListViewProps<Row extends StateRow> {
  readonly kind: ListKind<Row>;
  readonly network: string;
  readonly store: RowStore<Row>;
  /** The parts, as many rows beside each other as there is room for. */
  readonly partsFor: (perLine: number) => readonly ListPart[];
  /** The label that the groups are made by. */
  readonly groupedBy: string;
  readonly onFold: (group: Group) => void;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly hold: { readonly onPointerMove: () => void; readonly onPointerLeave: () => void };
  readonly press: RowHandlers;
  /** Told which names are in the page, whenever that changes. */
  readonly onWatch: (names: readonly string[]) => void;
}
