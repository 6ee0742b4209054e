export { AppError } from './app-error.ts';
export { Clock } from './clock.ts';
export { CORE_METRICS, METRICS, type MetricDefinition, type MetricName, type MetricValues } from './metrics.ts';
export {
  MONITOR_KINDS,
  type MachineEntry,
  type MonitorEntry,
  type MonitorKind,
  type NetworkFile,
  type QuorumEntry,
  type RuleEntry,
} from './network-file.types.ts';
export { REASONS, type Reason } from './reason.ts';
export { type NetworkMembership, type NodeConfig, type Role, type Settings } from './settings.types.ts';
export { windowEndOf, windowStartOf, type Window } from './window.ts';
