export type { CollectorParts } from './collector-parts.ts';
export { LiveReader, type Deliver } from './live-reader.ts';
export type { Monitor, ProbeResult, ReadLimits, WindowReading } from './monitors/monitor.ts';
export { monitorsInUse, ProbePlanner } from './probe-planner.ts';
export { ProbeRunner } from './probe-runner.ts';
export { WindowCollector } from './window-collector.ts';
export { WindowPlanner } from './window-planner.ts';
export { askableAt, decideCollect, SETTLE_MS, type CollectMode } from './window-schedule.ts';
