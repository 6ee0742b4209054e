import type { ProbeResult, ReadLimits } from '../monitor.ts';
import { Attempt } from './attempt.ts';
import { resultOf, wrong, type Finding } from './finding.ts';

/**
 * Runs one check within its limits: when its time is up, or the process shuts down, it ends with what it was waiting for,
 * and everything that it had opened is closed.
 *
 * @param check does not reject for anything that the other side does
 */
export async function runCheck(
  limits: ReadLimits,
  check: (attempt: Attempt) => Promise<Finding>,
): Promise<ProbeResult> {
  if (limits.signal.aborted) return resultOf(shutDown(), 0);
  const attempt = new Attempt(limits.timeoutMs);
  try {
    const finding = await Promise.race([check(attempt), cutOff(attempt, limits)]);
    return resultOf(finding, attempt.elapsedMs);
  } finally {
    attempt.end();
  }
}

/** Resolves when the attempt has no more time; never, when it ends before that. */
function cutOff(attempt: Attempt, { timeoutMs, signal }: ReadLimits): Promise<Finding> {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(attempt.late()), Math.max(timeoutMs, 0));
    const onShutDown = (): void => resolve(shutDown());
    signal.addEventListener('abort', onShutDown, { once: true });
    attempt.whenOver(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onShutDown);
    });
  });
}

function shutDown(): Finding {
  return wrong('unobserved', 'distomon is shutting down.');
}
