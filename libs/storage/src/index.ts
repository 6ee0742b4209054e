export type {
  AccountChanges,
  AuditEntry,
  AuditNote,
  AuditWish,
  LinkToCreate,
  NewAccount,
  OauthAttempt,
  SessionToBegin,
  StoredAccount,
  StoredFailures,
  StoredLink,
  StoredSession,
  StoredToken,
} from './account.types.ts';
export { AccountLinks } from './accounts/account-links.ts';
export { Accounts } from './accounts/accounts.ts';
export type { SignInWays } from './accounts/change-account.ts';
export { ApiTokens } from './accounts/api-tokens.ts';
export { Audit } from './accounts/audit.ts';
export { accountSubject } from './accounts/audit-notes.ts';
export { OauthAttempts } from './accounts/oauth-attempts.ts';
export { RequestCounts } from './accounts/request-counts.ts';
export { Sessions, type SessionLimit } from './accounts/sessions.ts';
export { SignInAttempts } from './accounts/sign-in-attempts.ts';
export { Backfills } from './backfills.ts';
export { cutOffsOf } from './decide-past.ts';
export { EmbeddedPostgres, startEmbeddedPostgres } from './embedded/embedded-postgres.ts';
export { Events } from './events.ts';
export { type ExpiredPause, type FileTrouble, type MachinePause, type NetworkVersion } from './editing.types.ts';
export { type EventWish, type StateEvent } from './events.types.ts';
export { FileTroubles } from './file-troubles.ts';
export { HostSamples, type HostSecond } from './host-samples.ts';
export { Machines } from './machines.ts';
export { MetricRows } from './metric-rows.ts';
export { migrateStorage } from './migrate-storage.ts';
export { type AcceptOutcome, Networks, type VersionToAccept } from './networks.ts';
export { Observations } from './observations.ts';
export { openStorage, type StorageOptions } from './open-storage.ts';
export { Outbox } from './outbox.ts';
export { Partitions } from './partitions.ts';
export { Pauses } from './pauses.ts';
export { closeQueuePool, createQueuePool } from './queue-pool.ts';
export { Rollups } from './rollups.ts';
export type {
  ChartDimensions,
  CheckCounts,
  GapStretch,
  SeriesLevel,
  SeriesPart,
  SeriesPoint,
  SeriesTable,
  SeriesWish,
  Stretch,
} from './series.types.ts';
export { Series, type TableWish, type WindowRange } from './series.ts';
export { resolutionOf, RETAINED_AS, STORED_RESOLUTIONS, type StoredResolution } from './history-tables.ts';
export { Retention } from './retention.ts';
export {
  type CutOffs,
  type DropOutcome,
  type PastPartition,
  type PastRetention,
  type PastRows,
  type WaitsFor,
} from './retention.types.ts';
export { StorageUse } from './storage-use.ts';
export { sumUse, sumUseByNetwork } from './storage-use-sums.ts';
export {
  type MeasuredStorage,
  type MeasuredTable,
  type NetworkShare,
  type ResolutionUse,
} from './storage-use.types.ts';
export { isStorageOutage } from './storage-unavailable.ts';
export { Storage } from './storage.ts';
export {
  type AgentFacts,
  type BackfillOutcome,
  type BackfillTask,
  type CheckSummary,
  type CheckWindow,
  type Conclusion,
  type FilledRow,
  type HostChunk,
  type HostSample,
  type JudgedMachine,
  type LastSeen,
  type LatestObservation,
  type MachineKind,
  type MetricRow,
  type MetricSummary,
  type Observation,
  type OpenGap,
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
