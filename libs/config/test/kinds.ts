import type { MonitorKind } from '../src/monitor-kind.types.ts';
import { integerProblem } from '../src/validation/number-problems.ts';
import { hostProblem } from '../src/validation/text-problems.ts';
import { httpUrlProblem } from '../src/validation/url-problems.ts';

/** Kinds of both sorts: two that give metrics, and two that check services or machines. */
export const KINDS: readonly MonitorKind[] = [
  { kind: 'netdata', gives: 'metrics', needs: 'netdata', parameters: {} },
  { kind: 'host', gives: 'metrics', needs: 'host', parameters: {} },
  {
    kind: 'port',
    gives: 'check',
    needs: 'address',
    parameters: {
      target: { problemOf: hostProblem },
      port: { required: true, problemOf: integerProblem({ min: 1, max: 65_535 }) },
    },
    findParameterConflicts: ({ target }, scope) => {
      if (scope === 'service') return target === undefined ? [{ key: null, message: 'has no target' }] : [];
      return target === undefined ? [] : [{ key: 'target', message: 'is where each machine is' }];
    },
  },
  {
    kind: 'http',
    gives: 'check',
    needs: 'address',
    parameters: { url: { required: true, problemOf: httpUrlProblem } },
  },
];
