import type { AgentBody } from '../../reading/answer.types.ts';

/** The Date header is cut to whole seconds: on average the truth is half a second later. */
const HALF_A_SECOND = 500;

/**
 * The agent's clock minus ours in milliseconds, exact to half a second and half the time on the wire. Our clock is
 * taken at the middle of the request's flight. `null`: the agent did not say.
 */
export function clockOffsetMs(answer: Pick<AgentBody, 'date' | 'sentAt' | 'receivedAt'>): number | null {
  if (answer.date === null) return null;
  const midFlight = (answer.sentAt.getTime() + answer.receivedAt.getTime()) / 2;
  return Math.round(answer.date.getTime() + HALF_A_SECOND - midFlight);
}
