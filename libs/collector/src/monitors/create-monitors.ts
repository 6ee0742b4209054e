import type { Clock, MonitorKind } from '#config';
import { HostMonitor } from './host/host-monitor.ts';
import type { HostSampleStore } from './host/host-sample-store.ts';
import { HostSampler } from './host/host-sampler.ts';
import { PortableSource } from './host/portable-source.ts';
import { ProcSource } from './host/proc-source.ts';
import type { Monitor } from './monitor.ts';
import { NetdataMonitor } from './netdata/netdata-monitor.ts';

/** What monitors need from outside. */
export interface MonitorDeps {
  readonly clock: Clock;
  readonly hostSamples: HostSampleStore;
}

/** One monitor of each kind, sharing nothing. Nothing is opened or started before it is used; close each one. */
export function createMonitors(deps: MonitorDeps): Record<MonitorKind, Monitor> {
  const source = process.platform === 'linux' ? new ProcSource() : new PortableSource();
  return {
    netdata: new NetdataMonitor(deps.clock),
    host: new HostMonitor(deps.clock, new HostSampler(deps.clock, source), deps.hostSamples),
  } satisfies Record<MonitorKind, Monitor>;
}
