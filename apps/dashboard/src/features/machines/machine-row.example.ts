import type { Machine, MetricValues } from '../../api/client.ts';
import { NEVER_TOLD } from '../list/state-row.ts';
import type { MachineRow } from './machine-row.ts';

/** Examples for the specs of this directory: a healthy machine, changed where a case needs it. */
export function aRow(change: Partial<MachineRow> = {}): MachineRow {
  return {
    network: 'acme',
    name: 'web-1',
    labels: [],
    agent: null,
    state: 'up',
    reason: null,
    since: '2026-11-20T10:00:00.000Z',
    values: null,
    valuesAt: null,
    fullestMount: null,
    detail: null,
    checks: [],
    pause: null,
    stateToldAt: NEVER_TOLD,
    ...change,
  };
}

const NO_VALUES: MetricValues = {
  cpu: null,
  memory: null,
  memoryUsed: null,
  swap: null,
  disk: null,
  diskFullest: null,
  diskRead: null,
  diskWrite: null,
  netIn: null,
  netOut: null,
  load1: null,
  uptime: null,
};

export function valuesWith(change: Partial<MetricValues>): MetricValues {
  return { ...NO_VALUES, ...change };
}

export function aMachine(
  name: string,
  verdict: Machine['verdict']['state'] = 'up',
  cpu = 1,
  valuesAt = '2026-11-20T10:00:00.000Z',
): Machine {
  return {
    network: 'acme',
    name,
    kind: 'netdata',
    labels: { tier: 'web' },
    via: null,
    agent: null,
    address: null,
    checks: [],
    pause: null,
    verdict: { state: verdict, reason: null, since: '2026-11-20T09:00:00.000Z' },
    latest: {
      observedAt: valuesAt,
      reachable: true,
      reason: null,
      detail: null,
      measures: null,
      latencyMs: 2,
      clockOffsetMs: 0,
      misses: 0,
      since: '2026-11-20T09:00:00.000Z',
      values: valuesWith({ cpu }),
      valuesAt,
      fullestMount: '/',
    },
  };
}
