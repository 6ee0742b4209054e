import { UnrecoverableError, WaitingError, type Job } from 'bullmq';
import { AppError } from '#config';
import type { JobProcessor } from './backend/queue-backend.ts';
import type { Handlers, JobContext, JobName } from './job-map.ts';
import { isJobName } from './job-table.ts';
import { parsePayload } from './payloads.ts';
import { tickOfJobId } from './schedule.ts';

/** Some of the handlers there are. */
export type SomeHandlers = Partial<Handlers<JobName>>;

type ArrivedJob = Job<unknown, unknown, string, object>;

/**
 * What a worker does with a job: checks its name and payload, runs its handler, and turns the outcome into BullMQ's
 * words. A job that gives up because the process stops goes back to its queue and is taken by another process.
 */
export function processorOf(handlers: SomeHandlers, signal: AbortSignal): JobProcessor {
  return async (job, token) => {
    try {
      signal.throwIfAborted();
      return await runJob(handlers, job, signal);
    } catch (error) {
      if (signal.aborted && token !== undefined && !isFinal(error)) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      throw isFinal(error) ? finalError(error) : error;
    }
  };
}

/**
 * @throws AppError `JOB_UNKNOWN` or `JOB_PAYLOAD_INVALID` (neither retryable), or what the handler throws.
 */
async function runJob(handlers: SomeHandlers, job: ArrivedJob, signal: AbortSignal): Promise<unknown> {
  const { name, id = '' } = job;
  if (!isJobName(name)) throw new AppError('JOB_UNKNOWN', `no job is named ${JSON.stringify(name)}`);
  const context = { id, try: job.attemptsStarted, signal };
  return await dispatch(handlers, name, withTick(id, job.data), context);
}

async function dispatch<N extends JobName>(
  handlers: SomeHandlers,
  name: N,
  data: unknown,
  context: JobContext,
): Promise<unknown> {
  const handler = handlers[name];
  if (handler === undefined) throw new AppError('JOB_UNKNOWN', `no handler for ${name} in this process`);
  return await handler(parsePayload(name, data), context);
}

/** A schedule stores one payload for all its jobs; which tick it is, is in the job's id. */
function withTick(jobId: string, data: unknown): unknown {
  const tick = tickOfJobId(jobId);
  return tick === null ? data : { tick };
}

/** Whether the job has ended with this error, however many tries are left. */
export function isFinal(error: unknown): boolean {
  return (
    error instanceof UnrecoverableError || (error instanceof Error && 'retryable' in error && error.retryable === false)
  );
}

function finalError(error: unknown): UnrecoverableError {
  if (error instanceof UnrecoverableError) return error;
  const code = error instanceof AppError ? `${error.code}: ` : '';
  const message = error instanceof Error ? error.message : String(error);
  return Object.assign(new UnrecoverableError(`${code}${message}`), { cause: error });
}
