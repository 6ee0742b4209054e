import { hostProblem } from '#config';
import { findTargetConflicts, payloadProblem, portProblem } from '../check/parameter-problems.ts';
import type { BuiltInKind } from '../monitor.ts';
import { TcpMonitor } from './tcp-monitor.ts';

/** Whether a port accepts connections, and says what is expected of it. */
export const TCP: BuiltInKind = {
  kind: 'tcp',
  gives: 'check',
  needs: 'address',
  parameters: {
    host: { problemOf: hostProblem },
    port: { required: true, problemOf: portProblem },
    send: { problemOf: payloadProblem(1_000) },
    expect: { problemOf: payloadProblem(1_000) },
  },
  findParameterConflicts: (parameters, scope) => {
    const conflicts = findTargetConflicts(parameters, scope, 'host');
    if (parameters['send'] === undefined || parameters['expect'] !== undefined) return conflicts;
    return [
      ...conflicts,
      { key: 'send', message: 'is sent for an answer: say with expect what the answer must contain' },
    ];
  },
  create: ({ names }) => new TcpMonitor(names),
};
