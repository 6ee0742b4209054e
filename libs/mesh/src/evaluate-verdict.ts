import type { QuorumEntry, Reason } from '#config';
import type { Verdict, VerdictState } from '#storage';

/** What one observer last saw of a machine through one monitor. */
export interface Vote {
  readonly observer: string;
  readonly monitor: string;
  /** `null`: reachable. */
  readonly reason: Reason | null;
  /** Observations in a row without an answer. */
  readonly misses: number;
  readonly observedAt: Date;
}

/** All that a verdict is made from. */
export interface Evidence {
  readonly current: Verdict | null;
  readonly votes: readonly Vote[];
  readonly quorum: QuorumEntry;
  /** A vote older than this says nothing any more. */
  readonly freshMs: number;
}

/** The verdict, and why, in a sentence for people. */
export interface VerdictDecision {
  readonly state: VerdictState;
  readonly reason: Reason | null;
  readonly because: string;
}

/** What one observer says: it reaches the machine, it has missed it often enough, or it has only begun to miss it. */
type Opinion =
  | { readonly says: 'reachable' }
  | { readonly says: 'missing'; readonly reason: Reason }
  | { readonly says: 'doubtful'; readonly reason: Reason };

/**
 * Decides what the network holds about a machine. Pure: the same evidence at the same instant gives the same verdict.
 *
 * - no fresh vote: `unknown`, distomon itself was not looking
 * - `quorum.agree` observers have each missed it `quorum.misses` times in a row: `down`
 * - some have, but too few: `degraded`
 * - somebody has only begun to miss it: the current verdict stands until the misses are enough
 * - else `up`
 */
export function evaluateVerdict(evidence: Evidence, now: Date): VerdictDecision {
  const fresh = evidence.votes.filter(vote => now.getTime() - vote.observedAt.getTime() <= evidence.freshMs);
  if (fresh.length === 0) {
    return { state: 'unknown', reason: 'unobserved', because: `nobody has looked for ${evidence.freshMs / 1000} s` };
  }
  const opinions = opinionsByObserver(fresh, evidence.quorum.misses);
  const missing = opinions.filter(opinion => opinion.says === 'missing');
  const { agree, misses } = evidence.quorum;
  if (missing.length >= agree) {
    const reason = mostFrequent(missing.map(opinion => opinion.reason));
    return {
      state: 'down',
      reason,
      because: `${missing.length} of ${opinions.length} observers missed it ${misses} times: ${reason}`,
    };
  }
  if (missing.length > 0) {
    const reason = mostFrequent(missing.map(opinion => opinion.reason));
    return {
      state: 'degraded',
      reason,
      because: `${missing.length} of ${opinions.length} observers cannot reach it, ${agree} needed: ${reason}`,
    };
  }
  const doubt = opinions.find(opinion => opinion.says === 'doubtful');
  if (doubt !== undefined && evidence.current !== null) {
    return { ...evidence.current, because: `missed fewer than ${misses} times: ${doubt.reason}` };
  }
  if (doubt !== undefined) {
    return { state: 'unknown', reason: doubt.reason, because: `not seen yet: ${doubt.reason}` };
  }
  return { state: 'up', reason: null, because: `${opinions.length} of ${opinions.length} observers reach it` };
}

/** An observer that reaches a machine by any of its monitors reaches it. */
function opinionsByObserver(votes: readonly Vote[], misses: number): Opinion[] {
  const byObserver = Map.groupBy(votes, vote => vote.observer);
  return [...byObserver.values()].map((own): Opinion => {
    const failing = own.filter(vote => vote.reason !== null);
    if (failing.length < own.length) return { says: 'reachable' };
    const reason = mostFrequent(failing.flatMap(vote => vote.reason ?? []));
    return { says: failing.every(vote => vote.misses >= misses) ? 'missing' : 'doubtful', reason };
  });
}

/** The reason named most often; of equals, the one named first. */
function mostFrequent(reasons: readonly Reason[]): Reason {
  const counts = new Map<Reason, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), ['unobserved', 0] as [
    Reason,
    number,
  ])[0];
}
