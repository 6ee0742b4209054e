import type { ComponentType } from 'react';
import type { PluralForms } from '../../messages/text.ts';
import type { Column } from './columns.ts';
import type { ListViewProps } from './list-view.ts';
import type { StateRow } from './state-row.ts';

/** What a list says about itself. `{network}`, `{filter}` and `{count}` are filled in. */
export interface ListTexts {
  readonly caption: string;
  readonly filter: string;
  readonly placeholder: string;
  readonly noMatch: string;
  readonly howMany: PluralForms;
  /** By column. */
  readonly column: Readonly<Record<string, string>>;
  /** For a phone; a column that is not named here keeps its name. */
  readonly columnShort: Readonly<Record<string, string>>;
  readonly columnHint: Readonly<Record<string, string>>;
}

/** How rows are drawn side by side. */
export interface GridKind<Row extends StateRow> {
  /** Of every tile, whatever is in it: the list counts on it for what is not in view. */
  readonly tilePx: number;
  /** Loaded when it is asked for; most people look at a table. */
  readonly Grid: ComponentType<ListViewProps<Row>>;
}

/** A page that is about one row. */
export interface RowPage {
  readonly to: '/machines/$network/$machine';
  readonly params: { readonly network: string; readonly machine: string };
}

/** Everything in which a list of machines differs from a list of services. */
export interface ListKind<Row extends StateRow> {
  readonly texts: ListTexts;
  /** The first names the row. By step of the window's width; always the same arrays. */
  readonly columnsByStep: readonly (readonly Column<Row>[])[];
  readonly rowPx: number;
  readonly compactRowPx: number;
  readonly grid: GridKind<Row>;
  /** The page that its name leads to; made ready while a pointer rests on the row. Without it there is none. */
  readonly pageOf?: (network: string, name: string) => RowPage;
  /** What rows can be grouped by. */
  readonly labelsOf: (row: Row) => readonly (readonly [key: string, value: string])[];
  /** What a filter finds a row by, beside its name, state and reason. */
  readonly textsOf: (row: Row) => readonly string[];
  /** When its values were true, in the server's clock, in ms of the Unix epoch; `null`: it has none that age. */
  readonly valuesAt: (row: Row) => number | null;
}

/** All columns of a list, whatever room there is. */
export function columnsOf<Row extends StateRow>(kind: ListKind<Row>): readonly Column<Row>[] {
  return kind.columnsByStep.at(-1) ?? [];
}
