import { formatDuration, type QuorumEntry, type Reason } from '#config';
import type { LastSeen, MachinePause, Verdict, VerdictState } from '#storage';

/** What one observer last saw of a machine through a monitor that speaks about it. */
export interface Vote extends LastSeen {
  /** Older than this, in milliseconds, it says nothing any more. */
  readonly freshMs: number;
}

/** What of a pause makes a verdict. */
type PauseOfMachine = Pick<MachinePause, 'by' | 'until' | 'note'>;

/** All that a verdict is made from. */
export interface Evidence {
  readonly current: Verdict | null;
  readonly votes: readonly Vote[];
  readonly quorum: QuorumEntry;
  /** Its last pause, also one that is over; absent or `null`: there was none. */
  readonly pause?: PauseOfMachine | null;
}

/** The verdict, and why, in a sentence for people. */
export interface VerdictDecision {
  readonly state: VerdictState;
  readonly reason: Reason | null;
  readonly because: string;
}

/** A vote that says something about the machine: `null` it answered, else why it did not. */
type Telling = Vote & { readonly reason: Exclude<Reason, 'unobserved'> | null };
type Failing = Vote & { readonly reason: Exclude<Reason, 'unobserved'> };

/** What one observer says: it reaches the machine, it has missed it often enough, or it has only begun to miss it. */
type Opinion =
  | { readonly says: 'reachable' }
  | { readonly says: 'missing'; readonly cause: Failing }
  | { readonly says: 'doubtful'; readonly cause: Failing };

/**
 * Decides what the network holds about a machine. Pure: the same evidence at the same instant gives the same verdict.
 *
 * - somebody has paused it: `maintenance`, whatever was seen of it
 * - nobody has looked of late, or those who did could not: `unknown`, it is distomon that does not see
 * - `quorum.agree` observers have each missed it `quorum.misses` times in a row: `down`
 * - some have, but too few: `degraded`
 * - somebody has only begun to miss it: the current verdict stands until the misses are enough
 * - else `up`
 */
export function evaluateVerdict({ current, votes, quorum, pause = null }: Evidence, now: Date): VerdictDecision {
  if (pause !== null && (pause.until === null || pause.until > now))
    return { state: 'maintenance', reason: null, because: whyPaused(pause) };
  const fresh = votes.filter(vote => now.getTime() - vote.observedAt.getTime() <= vote.freshMs);
  const telling = fresh.filter(isTelling);
  if (telling.length === 0) return { state: 'unknown', reason: 'unobserved', because: blindness(votes, fresh, now) };
  const opinions = [...Map.groupBy(telling, vote => vote.observer).values()].map(own => opinionOf(own, quorum.misses));
  return verdictOf(opinions, current, quorum);
}

function whyPaused({ by, until, note }: PauseOfMachine): string {
  const end = until === null ? '' : ` until ${until.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `paused by ${by}${end}${note === null ? '' : `: ${note}`}`;
}

function verdictOf(opinions: readonly Opinion[], current: Verdict | null, quorum: QuorumEntry): VerdictDecision {
  const { agree, misses } = quorum;
  const missing = opinions.flatMap(opinion => (opinion.says === 'missing' ? [opinion.cause] : []));
  const [doubt] = opinions.flatMap(opinion => (opinion.says === 'doubtful' ? [opinion.cause] : []));
  const cause = commonest(missing);
  if (cause !== undefined) {
    const among = `${missing.length} of ${opinions.length} observers`;
    const { reason } = cause;
    return missing.length >= agree
      ? { state: 'down', reason, because: `${inWords(cause)}; ${among} missed it ${misses} times in a row` }
      : { state: 'degraded', reason, because: `${inWords(cause)}; ${among} cannot reach it, ${agree} needed for down` };
  }
  if (doubt === undefined) {
    return { state: 'up', reason: null, because: `${opinions.length} of ${opinions.length} observers reach it` };
  }
  if (current !== null) return { ...current, because: `${inWords(doubt)}; missed fewer than ${misses} times` };
  return { state: 'unknown', reason: doubt.reason, because: `${inWords(doubt)}; not seen yet` };
}

/** Why nobody can say anything: the words of who tried last, or that nobody did. */
function blindness(votes: readonly Vote[], fresh: readonly Vote[], now: Date): string {
  const last = newest(fresh);
  if (last !== undefined) return last.detail ?? 'distomon could not look';
  const before = newest(votes);
  if (before === undefined) return 'nobody has looked at it yet';
  return `nobody has looked at it for ${roughly(now.getTime() - before.observedAt.getTime())}`;
}

/**
 * An observer that reaches a machine by any of its monitors reaches it, unless another of them has missed it often enough
 * since: one that looks every hour would otherwise hold up for hours what is seen to be gone every 10 s.
 */
function opinionOf(own: readonly Telling[], misses: number): Opinion {
  const failing = own.filter(isFailing);
  const isOutdated = (answer: Vote): boolean =>
    failing.some(vote => vote.misses >= misses && vote.since > answer.observedAt);
  const cause = commonest(failing);
  if (cause === undefined || own.some(vote => vote.reason === null && !isOutdated(vote))) return { says: 'reachable' };
  return { says: failing.every(vote => vote.misses >= misses) ? 'missing' : 'doubtful', cause };
}

function isTelling(vote: Vote): vote is Telling {
  return vote.reason !== 'unobserved';
}

function isFailing(vote: Telling): vote is Failing {
  return vote.reason !== null;
}

function newest(votes: readonly Vote[]): Vote | undefined {
  return votes.toSorted((a, b) => b.observedAt.getTime() - a.observedAt.getTime())[0];
}

/** The first of those whose reason is given most often; of equals, of the reason that is given first. */
function commonest(votes: readonly Failing[]): Failing | undefined {
  const byReason = Map.groupBy(votes, vote => vote.reason);
  return [...byReason.values()].toSorted((a, b) => b.length - a.length)[0]?.[0];
}

/** `tls (ends in 5 days, on 2026-11-25)` */
function inWords({ reason, detail }: Failing): string {
  return detail === null ? reason : `${reason} (${detail.replace(/\.$/, '')})`;
}

const UNITS_MS = [86_400_000, 3_600_000, 60_000, 1_000];

/** As people say it, in the largest unit of which there are at least two. */
function roughly(ms: number): string {
  const unitMs = UNITS_MS.find(unit => ms >= 2 * unit) ?? 1_000;
  return formatDuration(Math.round(ms / unitMs) * unitMs);
}
