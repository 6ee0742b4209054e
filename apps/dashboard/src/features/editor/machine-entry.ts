import type { NetworkFile } from '../../api/editor-client.ts';
import type { Labels } from './labels.ts';

/** A machine as it stands in the network file, its keys as they are written. */
export interface MachineEntry {
  readonly name: string;
  readonly netdata: string | null;
  /** Watched by the monitor that is built in, without an agent. */
  readonly host: boolean;
  readonly labels: Labels;
  readonly auth: string | null;
  readonly via: string | null;
  readonly charts: readonly string[];
  readonly address: string | null;
  readonly timeout: string | null;
}

/** With `null` for what the file does not say. */
export function entryOf(machine: NetworkFile['machines'][number]): MachineEntry {
  const { name, netdata, host, labels, auth, via, charts, address, timeout } = machine;
  return {
    name,
    netdata: netdata ?? null,
    host: host === true,
    labels: labels ?? {},
    auth: auth ?? null,
    via: via ?? null,
    charts: charts ?? [],
    address: address ?? null,
    timeout: timeout ?? null,
  };
}
