import type { JobsOptions } from 'bullmq';
import type { JobName, QueueName } from './job-map.ts';
import type { JobRequest } from './publisher.types.ts';

/** The queue of each job, when the request names no `via`. */
export const QUEUE_OF = {
  // Not behind the windows: when all of their places are taken, the planning must go on.
  'window.plan': 'maintenance',
  'window.collect': 'window',
  'window.backfill': 'window',
  'rollup.run': 'maintenance',
  'probe.plan': 'probe',
  'probe.run': 'probe',
  'verdict.evaluate': 'notify',
  'transition.announce': 'notify',
  'live.read': 'probe',
  'seconds.read': 'probe',
  'devices.read': 'probe',
  'device.recall': 'probe',
  'agent.test': 'probe',
  'storage.maintain': 'maintenance',
} as const satisfies Record<JobName, QueueName>;

/** How often a job is tried, the first try included, and the pause before the second; each later pause doubles. */
interface Retry {
  readonly attempts: number;
  readonly backoffMs: number;
}

/** What a tick plans is never tried again, for the next tick comes; nor is a live read, for nobody waits any more. */
const ONCE: Retry = { attempts: 1, backoffMs: 0 };

const RETRY_OF = {
  'window.plan': ONCE,
  'window.collect': { attempts: 4, backoffMs: 1_000 },
  'window.backfill': ONCE,
  'rollup.run': ONCE,
  'probe.plan': ONCE,
  'probe.run': { attempts: 2, backoffMs: 1_000 },
  'verdict.evaluate': { attempts: 5, backoffMs: 500 },
  'transition.announce': { attempts: 8, backoffMs: 1_000 },
  'live.read': ONCE,
  'seconds.read': ONCE,
  'devices.read': ONCE,
  'device.recall': ONCE,
  'agent.test': ONCE,
  'storage.maintain': { attempts: 3, backoffMs: 5_000 },
} as const satisfies Record<JobName, Retry>;

/**
 * How many finished jobs a queue keeps, and for how long. A kept id is what makes a second job with that id be ignored.
 * Not many: on PostgreSQL BullMQ looks at every kept job of the queue whenever one finishes, 200 of them
 * would cost more than all else about a job.
 */
const KEEP = {
  completed: { count: 100, age: 3_600 },
  failed: { count: 200, age: 7 * 86_400 },
} as const;

/** BullMQ's options for every run of this job. */
export function runOptionsOf(name: JobName): JobsOptions {
  const { attempts, backoffMs } = RETRY_OF[name];
  return {
    attempts,
    backoff: { type: 'exponential', delay: backoffMs },
    removeOnComplete: KEEP.completed,
    removeOnFail: KEEP.failed,
    stackTraceLimit: 5,
  };
}

/** BullMQ's options for this one request. */
export function requestOptionsOf({ name, id, delayMs }: JobRequest): JobsOptions {
  return {
    ...runOptionsOf(name),
    jobId: id,
    ...(delayMs === undefined ? {} : { delay: Math.max(0, Math.ceil(delayMs)) }),
  };
}

/** Whether this string, read from a queue, is a job's name. */
export function isJobName(name: string): name is JobName {
  return Object.hasOwn(QUEUE_OF, name);
}

/** The own queue of the process with this label. A queue's name may not have a colon, a label may. */
export function viaQueueOf(label: string): `via-${string}` {
  return `via-${encodeURIComponent(label)}`;
}

/** The queue that a request goes to. */
export function queueOf({ name, via }: Pick<JobRequest, 'name' | 'via'>): QueueName {
  return via === undefined || via === null ? QUEUE_OF[name] : viaQueueOf(via);
}
