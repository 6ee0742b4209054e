import { infiniteQueryOptions } from '@tanstack/react-query';
import { type EventWishes, readEvents } from './events-client.ts';

const NEW_EVERY_MS = 10_000;

/** Changes of state, page after page. While only the newest page is read, it is kept new. */
export function eventsQuery(wishes: EventWishes) {
  return infiniteQueryOptions({
    queryKey: ['events', wishes],
    queryFn: ({ signal, pageParam }) => readEvents(wishes, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    refetchInterval: query =>
      query.state.data !== undefined && query.state.data.pages.length > 1 ? false : NEW_EVERY_MS,
  });
}
