import type { StoredMachine } from '#storage';

/** A machine as storage would hand it over. */
export function machineAt(netdata: string, machineId = 1): StoredMachine {
  return {
    machineId,
    kind: 'machine',
    address: null,
    auth: null,
    timeoutMs: null,
    charts: [],
    network: 'test',
    id: null,
    name: `m${machineId}`,
    netdata,
    host: false,
    via: null,
    labels: {},
    agent: null,
    addedAt: new Date(0),
  };
}

export const never = new AbortController().signal;
