import { messages } from '../../messages/text.ts';
import type { CellContent } from './columns.ts';

/** Stands where a value would. */
export const NO_VALUE = (
  <span aria-label={messages.table.noValueSpoken} role="img">
    {messages.table.noValue}
  </span>
);

/** A number as text, or that there is none. */
export function numberCell(value: number | null | undefined, format: (value: number) => string): CellContent {
  return { content: value == null ? NO_VALUE : format(value) };
}
