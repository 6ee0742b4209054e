export { type QueueBackend } from './backend/queue-backend.ts';
export { probeRunId, transitionAnnounceId, verdictEvaluateId, windowBackfillId, windowCollectId } from './job-id.ts';
export { type JobLog } from './job-log.ts';
export {
  QUEUES,
  type AgentTest,
  type DeviceQuery,
  type Handler,
  type Handlers,
  type JobContext,
  type JobMap,
  type JobName,
  type JobResults,
  type ProbeRun,
  type QueueName,
  type ResultOf,
  type SecondsRead,
  type WindowBackfill,
  type WindowCollect,
} from './job-map.ts';
export { type JobPublisher, type JobRequest, type QueueCounts } from './publisher.types.ts';
export { openQueues, Queues, type QueuesOptions } from './queues.ts';
export { SchedulerWatchdog, type SchedulerWatchdogOptions } from './scheduler-watchdog.ts';
export { TICK_EVERY_MS, type TickName } from './schedule.ts';
export { WorkerHost, type WorkerHostOptions } from './worker-host.ts';
