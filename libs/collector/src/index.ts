export { AgentTester, type AgentTesterParts } from './agent-tester.ts';
export type { AgentTestResult, AgentToTest } from './agent-test.types.ts';
export { BackfillPlanner } from './backfill-planner.ts';
export { BackfillRunner } from './backfill-runner.ts';
export type { CollectorParts } from './collector-parts.ts';
export { DeviceMemoryReader } from './device-memory-reader.ts';
export { DevicesReader, type DevicesNow } from './devices-reader.ts';
export { DEVICE_MEASURES, type DeviceHistoryReading, type DeviceName } from './devices.types.ts';
export { findLocalAgent } from './find-local-agent.ts';
export { LiveReader, type Deliver } from './live-reader.ts';
export { BUILT_IN_KINDS } from './monitors/built-in-kinds.ts';
export { createMonitors } from './monitors/create-monitors.ts';
export type { HostSampleStore } from './monitors/host/host-sample-store.ts';
export type {
  MetricsMonitor,
  Monitor,
  MonitorDeps,
  ProbeResult,
  ReadLimits,
  SecondsRange,
  SecondsReading,
  WindowReading,
} from './monitors/monitor.ts';
export { MAX_DEVICE_DAYS } from './monitors/netdata/device-plan.ts';
export type { MonitorSet } from './monitors/monitor-set.ts';
export { describePlugin, PluginUnusable } from './plugins/describe-plugin.ts';
export { kindOf } from './plugins/kind-of.ts';
export { createPluginMonitors, loadPlugins } from './plugins/load-plugins.ts';
export type { PluginDeclaration, PluginDescription, PluginParameter } from './plugins/plugin-description.ts';
export { PluginMonitor } from './plugins/plugin-monitor.ts';
export { oldestGapAt } from './backfill-schedule.ts';
export { PausedMachines } from './paused-machines.ts';
export { ProbePlanner } from './probe-planner.ts';
export { ProbeRunner } from './probe-runner.ts';
export { RollupRunner } from './rollup-runner.ts';
export { SecondsReader } from './seconds-reader.ts';
export { MAX_SECONDS, type FineHistory, type SecondColumns } from './seconds-reader.types.ts';
export { WatchedMachines } from './watched-machines.ts';
export { WindowCollector } from './window-collector.ts';
export { WindowPlanner } from './window-planner.ts';
export { askableAt, decideCollect, SETTLE_MS, type CollectMode } from './window-schedule.ts';
