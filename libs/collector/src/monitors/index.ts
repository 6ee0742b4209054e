export { createMonitors, type MonitorDeps } from './create-monitors.ts';

export type { HostSampleStore } from './host/host-sample-store.ts';
