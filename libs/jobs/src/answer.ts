import { setTimeout as delay } from 'node:timers/promises';
import type { JobQueue } from './backend/queue-backend.ts';

/** How a job ended. */
export type Answer =
  | { readonly ended: 'completed'; readonly result: unknown }
  | { readonly ended: 'failed'; readonly reason: string };

const FIRST_PAUSE_MS = 10;
const MAX_PAUSE_MS = 100;

/**
 * Looks until the job has ended; `null` when the deadline passes first. It asks instead of listening to BullMQ's
 * QueueEvents, because those hold a connection for each queue for ever, read every event of every other job, and on
 * PostgreSQL may skip one that was committed late.
 *
 * @param deadlineMs on the scale of `performance.now()`.
 */
export async function waitForAnswer(queue: JobQueue, jobId: string, deadlineMs: number): Promise<Answer | null> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
    const answer = await readAnswer(queue, jobId);
    if (answer !== null) return answer;
    const leftMs = deadlineMs - performance.now();
    if (leftMs <= 0) return null;
    await delay(Math.min(pauseMs, leftMs));
  }
}

/** State and value in one reading: read one after the other, a job can be completed and yet have no value. */
async function readAnswer(queue: JobQueue, jobId: string): Promise<Answer | null> {
  const finished = await queue.getBackend().isFinished(jobId, true);
  if (!Array.isArray(finished)) return null;
  const [status, value] = finished;
  if (status === COMPLETED) return { ended: 'completed', result: JSON.parse(value) };
  return status === FAILED ? { ended: 'failed', reason: value } : null;
}

/** BullMQ's numbers, the same on both backends (`IQueueBackend.isFinished`). */
const COMPLETED = 1;
const FAILED = 2;
