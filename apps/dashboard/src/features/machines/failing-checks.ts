import type { MachineCheck } from '../../api/client.ts';

/** Checks that say that something is wrong. What nobody could look at is not among them. */
export function failingChecks(checks: readonly MachineCheck[]): MachineCheck[] {
  return checks.filter(({ reachable, reason }) => !reachable && reason !== 'unobserved');
}
