export { EmbeddedPostgres, startEmbeddedPostgres } from './embedded/embedded-postgres.ts';
export { HostSamples, type HostSecond } from './host-samples.ts';
export { Machines } from './machines.ts';
export { MetricRows } from './metric-rows.ts';
export { migrateStorage } from './migrate-storage.ts';
export { type AcceptOutcome, Networks, type VersionToAccept } from './networks.ts';
export { Observations } from './observations.ts';
export { openStorage, type StorageOptions } from './open-storage.ts';
export { Outbox } from './outbox.ts';
export { Partitions } from './partitions.ts';
export { closeQueuePool, createQueuePool } from './queue-pool.ts';
export { isStorageOutage } from './storage-unavailable.ts';
export { Storage } from './storage.ts';
export {
  type AgentFacts,
  type CheckSummary,
  type CheckWindow,
  type HostChunk,
  type HostSample,
  type JudgedMachine,
  type LastSeen,
  type LatestObservation,
  type MachineKind,
  type MetricRow,
  type MetricSummary,
  type NetworkVersion,
  type Observation,
  type OutboxEntry,
  type PlannedTask,
  type StoredMachine,
  type StoredObservation,
  type Verdict,
  type VerdictChange,
  type VerdictState,
  type VerdictTransition,
  type VoteLimit,
  type WindowTask,
  type WindowTaskKey,
} from './types.ts';
export { type DecideChanges, Verdicts } from './verdicts.ts';
export { WindowTasks } from './window-tasks.ts';
