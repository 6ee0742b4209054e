import { answerOf } from './answer-of.ts';
import type { VerdictState } from './client.ts';
import { api } from './rest.ts';
import type { components } from './schema.d.ts';

export type StateChange = components['schemas']['StateChange'];
export type EventPage = components['schemas']['EventList'];

const PAGE_SIZE = 100;

/** Which changes of state; what is left out is not asked for. */
export interface EventWishes {
  readonly network: string;
  /** Name of a machine or a service. */
  readonly machine?: string;
  readonly kind?: StateChange['kind'];
  /** Changes into one of these. */
  readonly states?: readonly VerdictState[];
  /** As the API takes it, such as `-7d`. */
  readonly from?: string;
}

/** A page of the changes of state, the newest first. */
export function readEvents(wishes: EventWishes, cursor: string | null, signal: AbortSignal): Promise<EventPage> {
  const { network, machine, kind, states, from } = wishes;
  return answerOf(
    api.GET('/api/v1/networks/{network}/events', {
      signal,
      params: {
        path: { network },
        query: {
          limit: PAGE_SIZE,
          ...(cursor !== null && { cursor }),
          ...(machine !== undefined && { machine }),
          ...(kind !== undefined && { kind }),
          ...(states !== undefined && { state: [...states] }),
          ...(from !== undefined && { from }),
        },
      },
    }),
  );
}
