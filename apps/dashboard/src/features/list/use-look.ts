import { useClockValue } from '../../ui/clock-context.ts';
import type { Look } from './columns.ts';
import type { ListKind } from './list-kind.ts';
import type { StateRow } from './state-row.ts';

/** Values older than this are no longer how it is, only how it was. */
const STALE_MS = 30_000;

/** How a row is to be drawn now. */
export function useLook<Row extends StateRow>(kind: ListKind<Row>, row: Row | undefined, isCompact: boolean): Look {
  const valuesAt = row === undefined ? null : kind.valuesAt(row);
  const isOld = useClockValue(now => valuesAt !== null && now - valuesAt > STALE_MS);
  return { isCompact, isStale: valuesAt !== null && (row?.state === 'down' || isOld) };
}
