import type { CheckWindow } from '#storage';
import type { ServiceChecks } from './service.dto.ts';

type Cell = ServiceChecks['rows'][number][number];

const COLUMNS: readonly { readonly name: string; readonly of: (check: CheckWindow) => Cell }[] = [
  { name: 'time', of: check => check.windowStart.toISOString() },
  { name: 'observer', of: check => check.observer },
  { name: 'probes', of: check => check.probes },
  { name: 'failures', of: check => check.failures },
  { name: 'reasons', of: check => check.reasons },
  { name: 'latency.avg', of: check => check.latencyMs?.avg ?? null },
  { name: 'latency.min', of: check => check.latencyMs?.min ?? null },
  { name: 'latency.max', of: check => check.latencyMs?.max ?? null },
];

/** Checks in columns: what each place of a row is, and the rows. */
export function presentChecks(checks: readonly CheckWindow[]): Pick<ServiceChecks, 'columns' | 'rows'> {
  return { columns: COLUMNS.map(({ name }) => name), rows: checks.map(check => COLUMNS.map(({ of }) => of(check))) };
}
