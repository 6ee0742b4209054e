export { createMonitors, type MonitorDeps } from './create-monitors.ts';
export { HostSampler } from './host/host-sampler.ts';
export type { HostSampleStore } from './host/host-sample-store.ts';
