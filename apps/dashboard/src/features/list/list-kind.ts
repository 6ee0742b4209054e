import type { PluralForms } from '../../messages/text.ts';
import type { Column } from './columns.ts';
import type { StateRow } from './state-row.ts';

/** What a list says about itself. `{network}`, `{filter}` and `{count}` are filled in. */
export interface ListTexts {
  readonly caption: string;
  readonly filter: string;
  readonly placeholder: string;
  readonly showAll: string;
  readonly noMatch: string;
  readonly howMany: PluralForms;
  /** By column. */
  readonly column: Readonly<Record<string, string>>;
  /** For a phone; a column that is not named here keeps its name. */
  readonly columnShort: Readonly<Record<string, string>>;
  readonly columnHint: Readonly<Record<string, string>>;
}

/** Everything in which a list of machines differs from a list of services. */
export interface ListKind<Row extends StateRow> {
  readonly texts: ListTexts;
  /** The first names the row. By step of the window's width; always the same arrays. */
  readonly columnsByStep: readonly (readonly Column<Row>[])[];
  readonly rowPx: number;
  readonly compactRowPx: number;
  /** What a filter finds a row by, beside its name, state and reason. */
  readonly textsOf: (row: Row) => readonly string[];
  /** When its values were true, in the server's clock, in ms of the Unix epoch; `null`: it has none that age. */
  readonly valuesAt: (row: Row) => number | null;
}

/** All columns of a list, whatever room there is. */
export function columnsOf<Row extends StateRow>(kind: ListKind<Row>): readonly Column<Row>[] {
  return kind.columnsByStep.at(-1) ?? [];
}
