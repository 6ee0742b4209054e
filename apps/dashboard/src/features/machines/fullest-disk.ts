import type { MachineRow } from './machine-row.ts';

/** Percent of the fullest mount; the root's where the agent names no other. */
export function fullestDisk({ values }: Pick<MachineRow, 'values'>): number | null {
  return values?.diskFullest ?? values?.disk ?? null;
}
