import { excerptOf } from '../check/excerpt.ts';
import { fine, wrong, type Finding } from '../check/finding.ts';
import { showPeer, type Peer } from '../check/peer.ts';

/** What is expected stands at the beginning, or is not there. */
export const LARGEST_ANSWER = 16 * 1024;

/** What a port has said so far. */
export interface Greeting {
  readonly peer: Peer;
  readonly answer: Buffer;
  /** What the answer must contain. */
  readonly expect: string;
  /** Why nothing more of it counts: it was heard, the other side closed, the time is up, or it is too long. */
  readonly end: 'heard' | 'closed' | 'late' | 'full';
}

/** What a port should have said, and what it said. */
export function decideGreeting({ peer, answer, expect, end }: Greeting): Finding {
  const where = showPeer(peer);
  const said = excerptOf(answer.toString('utf8', 0, 500));
  if (end === 'heard') return fine(`${where} says ${said}.`);
  if (answer.length === 0) return wrong('reset', `${where} closed the connection without a word.`);
  return wrong('bad_response', `${where} should say ${excerptOf(expect)}, but said ${said}${ENDS[end]}.`);
}

const ENDS = {
  closed: ' and closed the connection',
  late: ' and nothing more in time',
  full: ` and more than ${LARGEST_ANSWER / 1024} KiB`,
} as const;
