import { expect, it } from 'vitest';
import type { MachineCheck } from '../../api/client.ts';
import { failingChecks } from './failing-checks.ts';

function aCheck(monitor: string, reason: MachineCheck['reason']): MachineCheck {
  const at = '2026-11-20T10:00:00.000Z';
  const facts = { kind: 'tcp', detail: null, latencyMs: null, measures: null, misses: 0, since: at, observedAt: at };
  return { monitor, reason, reachable: reason === null, ...facts };
}

it('a check that nobody could make does not fail', () => {
  const checks = [aCheck('ssh', null), aCheck('web', 'refused'), aCheck('broken', 'unobserved')];
  expect(failingChecks(checks).map(({ monitor }) => monitor)).toEqual(['web']);
});
