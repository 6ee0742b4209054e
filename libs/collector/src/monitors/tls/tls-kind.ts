import { hostProblem, integerProblem, nameProblem } from '#config';
import { findTargetConflicts, portProblem } from '../check/parameter-problems.ts';
import type { BuiltInKind } from '../monitor.ts';
import { TlsMonitor } from './tls-monitor.ts';

/** Whether a server's certificate is the right one, and for how much longer. */
export const TLS: BuiltInKind = {
  kind: 'tls',
  gives: 'check',
  needs: 'address',
  parameters: {
    host: { problemOf: hostProblem },
    port: { problemOf: portProblem },
    server_name: { problemOf: hostProblem },
    days: { problemOf: integerProblem({ min: 0, max: 3_650 }) },
    auth: { problemOf: nameProblem },
  },
  findParameterConflicts: (parameters, scope) => findTargetConflicts(parameters, scope, 'host'),
  create: deps => new TlsMonitor(deps),
};
