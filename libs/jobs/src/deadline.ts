/** Something did not answer in time. */
export class DeadlineError extends Error {}

/**
 * What `work` gives, if it gives it in time. The work itself goes on: a connection that hangs cannot be told to stop.
 *
 * @throws DeadlineError that says how long was waited.
 */
export async function withDeadline<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
    // When the deadline was first, a later failure of the work is nobody's any more.
    work.catch(() => {});
  }
}
