export { AppError } from './app-error.ts';
export { Clock } from './clock.ts';
export { formatDuration, parseDuration } from './duration.ts';
export { hashOf } from './hash.ts';
export { CORE_METRICS, METRICS, type MetricDefinition, type MetricName, type MetricValues } from './metrics.ts';
export {
  MACHINE_NEEDS,
  type MachineNeed,
  type MonitorGives,
  type MonitorKind,
  type MonitorParameters,
  type MonitorScope,
  type ParameterConflict,
  type ParameterRule,
} from './monitor-kind.types.ts';
export {
  type MachineEntry,
  type MonitorEntry,
  type NetworkFile,
  type NodeEntry,
  type QuorumEntry,
  type RuleEntry,
  SEVERITIES,
  type SignerEntry,
} from './network-file.types.ts';
export { type DefaultNetwork, defaultNetworkText } from './network-file/default-network.ts';
export {
  type EditedText,
  editMachines,
  type MachineEdit,
  type WrittenMachine,
} from './network-file/edit/edit-machines.ts';
export { type PlacedMachine, writtenMachines } from './network-file/edit/written-machines.ts';
export { renderPatch } from './network-file/edit/render-patch.ts';
export { freshMsOf, monitorsInUse } from './network-file/monitors-in-use.ts';
export { metricsMonitorOf, monitorsOf, servicesOf, watches } from './network-file/monitors-of.ts';
export { parseNetworkFile } from './network-file/parse-network-file.ts';
export { raiseVersion } from './network-file/raise-version.ts';
export { defaultNodeConfigText } from './node-config/default-node-config.ts';
export { parseNodeConfig } from './node-config/parse-node-config.ts';
export { readAccess } from './node-config/read-access.ts';
export { ConfigurationError, formatProblems, type Problem } from './problem.ts';
export { REASONS, type Reason } from './reason.ts';
export {
  type Access,
  type AdminSettings,
  type AuthEntry,
  type GoogleAllowed,
  type GoogleEndpoints,
  type GoogleSettings,
  type NetworkMembership,
  type NodeConfig,
  type PluginEntry,
  type Retained,
  type RetentionMs,
  type Role,
  type SecretSource,
  type SessionSettings,
  type Settings,
} from './settings.types.ts';
export { processLabelFile, readSettings, type SettingsSurroundings } from './settings/read-settings.ts';
export {
  DEFAULT_RETENTION_MS,
  findRetentionConflicts,
  formatRetention,
  type RetentionConflict,
  retentionOf,
  retentionProblem,
} from './settings/retention.ts';
export { settingsOfProcess } from './settings/settings-of-process.ts';
export { type ProblemOf } from './validation/check.ts';
export { closestName } from './validation/closest-name.ts';
export { emailProblem, normalizeEmail } from './validation/email-problems.ts';
export { isLoopback } from './validation/loopback.ts';
export { listOfProblem, mappingProblem } from './validation/collection-problems.ts';
export { booleanProblem, durationProblem, integerProblem, numberProblem } from './validation/number-problems.ts';
export { redactUrl, showValue } from './validation/show.ts';
export { hostProblem, nameProblem, oneOfProblem, textProblem } from './validation/text-problems.ts';
export { httpUrlProblem, normalizeBaseUrl } from './validation/url-problems.ts';
export { windowEndOf, windowStartOf, type Window } from './window.ts';
