import { raw, type RawQueryFragment } from '@mikro-orm/postgresql';

/**
 * Many rows in one statement: they travel as one JSON text and become a table with `json_to_recordset`. This file is
 * the only place that knows how.
 */

/** The PostgreSQL types that are used in a recordset, and what they are in JavaScript. */
interface ColumnValues {
  integer: number;
  'double precision': number;
  'double precision[]': readonly (number | null)[];
  text: string;
  boolean: boolean;
  timestamptz: Date;
  jsonb: unknown;
}

/** Column names and their types, in order. */
export type Columns = Readonly<Record<string, keyof ColumnValues>>;

/** A row of such columns. `null` and a missing column are both NULL; so is a number that is not finite. */
export type RowOf<C extends Columns> = { readonly [K in keyof C]?: ColumnValues[C[K]] | null };

/** `json_to_recordset(?) as r(…)`, to stand in a FROM clause; its one parameter comes from {@link recordsetParameter}. */
export function recordset(alias: string, columns: Columns): string {
  const list = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  return `json_to_recordset(?) as ${alias}(${list.join(', ')})`;
}

/**
 * What PostgreSQL's text type cannot hold, as JSON text has it: NUL and halves of a surrogate pair. An escaped backslash is
 * matched before, so that what follows it is not taken for an escape.
 */
const UNSTORABLE = /\\\\|\\u(?:0000|d[89a-f][0-9a-f]{2})/gi;

/**
 * The rows as JSON. Characters that PostgreSQL cannot store become U+FFFD, in texts and in the keys of what is stored as
 * JSON, so that one odd string harms no batch.
 */
export function recordsetJson<C extends Columns>(rows: readonly RowOf<C>[]): string {
  return JSON.stringify(rows).replace(UNSTORABLE, found => (found === '\\\\' ? found : '\\ufffd'));
}

/** SQL, whole by itself. */
export type RecordsetParameter = RawQueryFragment;

/**
 * The rows as a parameter of a statement with {@link recordset}. It is quoted here: MikroORM does that letter by letter,
 * which for a window of many machines costs more than all the rest of it.
 */
export function recordsetParameter<C extends Columns>(rows: readonly RowOf<C>[]): RecordsetParameter {
  return raw(`E'${recordsetJson(rows).replaceAll('\\', '\\\\').replaceAll("'", "''")}'`);
}
