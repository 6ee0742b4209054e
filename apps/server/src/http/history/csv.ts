import type { AnswerRow, Cell } from './present-history.ts';

/** As RFC 4180 has it. */
const LINE_END = '\r\n';
const TO_QUOTE = /[",\r\n]/;
/** What a spreadsheet takes for the beginning of a formula. Chart names come from agents. */
const FORMULA = /^[=+\-@\t\r]/;

/** A line of CSV. Null is nothing; a text that a spreadsheet would compute is marked as a text. */
export function csvLine(cells: readonly Cell[]): string {
  return cells.map(csvCell).join(',') + LINE_END;
}

/** A row of an answer, behind `before`. Its values are passed on as they are. */
export function csvRow({ facts, values, charts }: AnswerRow, before: readonly Cell[]): string {
  const numbers = values.slice(1, -1).replaceAll('null', '');
  const rest = charts.length === 0 ? '' : `,${charts.map(csvCell).join(',')}`;
  return `${[...before, ...facts].map(csvCell).join(',')},${numbers}${rest}${LINE_END}`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return TO_QUOTE.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A name of a file that every system takes, from names of a network and of machines. */
export function csvFileName(parts: readonly string[]): string {
  return `${parts
    .map(part => part.replaceAll(/[^A-Za-z0-9._-]+/g, '_'))
    .join('-')
    .slice(0, 150)}.csv`;
}
