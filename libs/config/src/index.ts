export { AppError } from './app-error.ts';
export { Clock } from './clock.ts';
export { formatDuration, parseDuration } from './duration.ts';
export { hashOf } from './hash.ts';
export { CORE_METRICS, METRICS, type MetricDefinition, type MetricName, type MetricValues } from './metrics.ts';
export {
  MONITOR_KINDS,
  MONITOR_NEEDS,
  type MachineEntry,
  type MonitorEntry,
  type MonitorKind,
  type NetworkFile,
  type NodeEntry,
  type QuorumEntry,
  type RuleEntry,
  SEVERITIES,
  type SignerEntry,
} from './network-file.types.ts';
export { type DefaultNetwork, defaultNetworkText } from './network-file/default-network.ts';
export { freshMsOf, monitorsInUse } from './network-file/monitors-in-use.ts';
export { monitorsOf } from './network-file/monitors-of.ts';
export { parseNetworkFile } from './network-file/parse-network-file.ts';
export { raiseVersion } from './network-file/raise-version.ts';
export { defaultNodeConfigText } from './node-config/default-node-config.ts';
export { parseNodeConfig } from './node-config/parse-node-config.ts';
export { ConfigurationError, formatProblems, type Problem } from './problem.ts';
export { REASONS, type Reason } from './reason.ts';
export { type NetworkMembership, type NodeConfig, type Role, type Settings } from './settings.types.ts';
export { processLabelFile, readSettings, type SettingsSurroundings } from './settings/read-settings.ts';
export { settingsOfProcess } from './settings/settings-of-process.ts';
export { redactUrl } from './validation/show.ts';
export { windowEndOf, windowStartOf, type Window } from './window.ts';
