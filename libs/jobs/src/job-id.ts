import type { JobMap, ProbeRun, WindowBackfill, WindowCollect } from './job-map.ts';

/** `window.collect-<network>-<windowStart>-<shard>-<attempt>`: one job for each attempt at one shard of one window. */
export function windowCollectId({ network, windowStart, shard, attempt }: WindowCollect): string {
  return joinFacts('window.collect', network, windowStart, shard, attempt);
}

/** `window.backfill-<network>-<machine>-<attempt>`: one job for each attempt at the gaps of one machine. */
export function windowBackfillId({ network, machine, attempt }: WindowBackfill): string {
  return joinFacts('window.backfill', network, machine, attempt);
}

/**
 * `probe.run-<network>-<due>-<shard>-<monitor>`: two planners that see the same tick queue one job. The numbers stand
 * between the two names, so that no two probes share an id whatever the names are.
 */
export function probeRunId({ network, due, shard, monitor }: ProbeRun): string {
  return joinFacts('probe.run', network, due, shard, monitor);
}

/**
 * `verdict.evaluate-<network>-<at>-<cause>`.
 *
 * @param cause what asks for the verdict, and which part of the machines: two causes in the same second are two jobs.
 */
export function verdictEvaluateId(
  { network, at }: Pick<JobMap['verdict.evaluate'], 'network' | 'at'>,
  cause: string,
): string {
  return joinFacts('verdict.evaluate', network, at, cause);
}

/**
 * `transition.announce-<sequence>-<attempt>`.
 *
 * @param attempt 0 at first; a sweep that queues a lost entry again passes another number.
 */
export function transitionAnnounceId(sequence: number, attempt: number): string {
  return joinFacts('transition.announce', sequence, attempt);
}

/** BullMQ keeps colons for itself and refuses an id that has one. */
function joinFacts(...facts: readonly (string | number)[]): string {
  return facts.join('-').replaceAll(':', '%3A');
}
