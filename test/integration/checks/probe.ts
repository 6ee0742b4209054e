import { afterAll } from 'vitest';
import { stringify } from 'yaml';
import { BUILT_IN_KINDS, createMonitors, type ProbeResult } from '#collector';
import { Clock, parseNetworkFile, type Access, type MonitorEntry } from '#config';
import type { StoredMachine } from '#storage';

/** A monitor as a network file writes it. */
export type Written = Readonly<Record<string, unknown>>;

interface Circumstances {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** The machine that `on: [m1]` names is at this address. */
  readonly address?: string;
}

export type Probe = (monitor: Written, circumstances?: Circumstances) => Promise<ProbeResult>;

/** A secret that holds nothing, to be filled. */
const NO_ACCESS: Omit<Access, 'name'> = { authorization: null, certificate: null, key: null, ca: null };

/** Probes by monitors as the program makes them, told by a network file as people write it. */
export function useProbe(access: () => Readonly<Record<string, Partial<Access>>> = () => ({})): Probe {
  const monitors = createMonitors({
    clock: new Clock(),
    hostSamples: { append: () => Promise.resolve(), read: () => Promise.resolve([]) },
    accessOf: name => {
      const parts = access()[name];
      return parts === undefined ? null : { ...NO_ACCESS, name, ...parts };
    },
  });
  afterAll(() => monitors.close());
  return (monitor, { timeoutMs = PATIENT_MS, signal = never, address = '127.0.0.1' } = {}) => {
    const entry = entryOf(monitor, address);
    const machine = entry.service ? targetAt(null) : targetAt(address);
    return monitors.of(entry.kind).probe(machine, { timeoutMs, signal }, entry);
  };
}

/** Longer than anything takes that ends by itself, however busy this machine is. */
export const PATIENT_MS = 20_000;
/** For what ends by running out of time only. */
export const HASTY_MS = 700;

const never = new AbortController().signal;

function entryOf(monitor: Written, address: string): MonitorEntry {
  const machines = [{ name: 'm1', host: true, address }];
  const text = stringify({ network_id: 'test', version: 1, machines, monitors: [{ name: 'check', ...monitor }] });
  const entry = parseNetworkFile(text, 'network.yml', BUILT_IN_KINDS).monitors.find(({ name }) => name === 'check');
  if (entry === undefined) throw new Error('the monitor is not in its file');
  return entry;
}

/** What storage would hand over: a machine, or a service, which has no address. */
function targetAt(address: string | null): StoredMachine {
  return {
    machineId: 1,
    kind: address === null ? 'service' : 'machine',
    network: 'test',
    id: null,
    name: address === null ? 'check' : 'm1',
    netdata: null,
    host: address !== null,
    via: null,
    address,
    auth: null,
    timeoutMs: null,
    charts: [],
    labels: {},
    agent: null,
    addedAt: new Date(0),
  };
}
