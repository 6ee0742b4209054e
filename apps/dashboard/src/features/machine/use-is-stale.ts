import { useClockValue } from '../../ui/clock-context.ts';
import type { MachineRow } from '../machines/machine-row.ts';

/** Values come every second; older than this they are how it was. */
const STALE_MS = 30_000;

/** Whether the values of a machine are the last known ones, not those of now. */
export function useIsStale({ state, valuesAt }: MachineRow): boolean {
  const isOld = useClockValue(now => valuesAt !== null && now - valuesAt > STALE_MS);
  return valuesAt !== null && (state === 'down' || state === 'maintenance' || isOld);
}
