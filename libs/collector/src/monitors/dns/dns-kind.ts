import { isIP } from 'node:net';
import {
  hostProblem,
  oneOfProblem,
  showValue,
  textProblem,
  type MonitorParameters,
  type MonitorScope,
  type ParameterConflict,
} from '#config';
import { oneOrMoreProblem, portProblem } from '../check/parameter-problems.ts';
import type { BuiltInKind } from '../monitor.ts';
import { DnsMonitor } from './dns-monitor.ts';
import { RECORD_TYPES } from './dns-parameters.ts';

/** Whether a name server answers, and what it should. */
export const DNS: BuiltInKind = {
  kind: 'dns',
  gives: 'check',
  needs: 'address',
  parameters: {
    server: { problemOf: hostProblem },
    port: { problemOf: portProblem },
    query: { required: true, problemOf: hostProblem },
    type: { problemOf: oneOfProblem(RECORD_TYPES) },
    expect: { problemOf: oneOrMoreProblem(textProblem(500), 50) },
  },
  findParameterConflicts,
  create: ({ names }) => new DnsMonitor(names),
};

function findParameterConflicts(parameters: MonitorParameters, scope: MonitorScope): ParameterConflict[] {
  return [...serverConflicts(parameters, scope), ...queryConflicts(parameters)];
}

function serverConflicts({ server, port }: MonitorParameters, scope: MonitorScope): ParameterConflict[] {
  if (scope === 'machines' && server !== undefined)
    return [{ key: 'server', message: 'must be left out beside on: each machine is asked itself, at its own address' }];
  if (scope === 'service' && server === undefined && port !== undefined)
    return [{ key: 'port', message: 'belongs to server: without one the resolvers of this host are asked' }];
  return [];
}

/** An address has a name only by way of PTR. */
function queryConflicts({ query, type }: MonitorParameters): ParameterConflict[] {
  if (isIP(String(query)) === 0 || type === 'PTR') return [];
  return [{ key: 'query', message: `${showValue(query)} is an address: write the name, or type: PTR` }];
}
