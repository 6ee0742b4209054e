import type { MonitorKind } from '../monitor-kind.types.ts';

/** Whether a monitor of this kind with this `on` looks at a target of its own instead of machines. */
export function isService({ gives }: MonitorKind, on: readonly string[]): boolean {
  return gives === 'check' && on.length === 0;
}
