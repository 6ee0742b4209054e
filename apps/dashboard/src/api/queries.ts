import { queryOptions } from '@tanstack/react-query';
import { checkLink, readSession } from './account-client.ts';
import { isWorthRetrying } from './api-error.ts';
import { readInfo, readMachines, readNetworks, readServices } from './client.ts';
import { streamsAll } from './live-url.ts';

/** What was asked for before the page was drawn is not asked for again by the page. */
const READ_AHEAD_FRESH_MS = 3_000;
const INFO_EVERY_MS = 60_000;
/** Also while the tab is hidden: its title and icon keep telling the truth after the stream is closed. */
const NETWORKS_EVERY_MS = 30_000;
const SNAPSHOT_EVERY_MS = 60_000;
/**
 * For what the stream does not tell: in a big network of machines that are not in view, and of checks everything but
 * the state.
 */
const UNTOLD_SNAPSHOT_EVERY_MS = 15_000;
/** Without a stream (or without anything to stream) the list itself is asked more often. */
const FALLBACK_EVERY_MS = 5_000;

/** Several parts of a page ask at once; one answer is enough for them. */
const SESSION_FRESH_MS = 10_000;

/** Who is signed in. Asked again when a tab is seen again: another one may have signed in or out. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => readSession(signal),
  staleTime: SESSION_FRESH_MS,
  refetchOnWindowFocus: 'always',
  refetchInterval: query => (query.state.status === 'error' ? FALLBACK_EVERY_MS : false),
});

/** Whose a link is; asked until there is an answer, and once. */
export function linkQuery(secret: string) {
  return queryOptions({
    queryKey: ['link', secret],
    queryFn: ({ signal }) => checkLink(secret, signal),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchInterval: ({ state: { error } }) => error !== null && isWorthRetrying(error) && FALLBACK_EVERY_MS,
  });
}

export const infoQuery = queryOptions({
  queryKey: ['info'],
  queryFn: ({ signal }) => readInfo(signal),
  refetchInterval: INFO_EVERY_MS,
});

export const networksQuery = queryOptions({
  queryKey: ['networks'],
  queryFn: ({ signal }) => readNetworks(signal),
  staleTime: READ_AHEAD_FRESH_MS,
  refetchInterval: query => (query.state.status === 'error' ? FALLBACK_EVERY_MS : NETWORKS_EVERY_MS),
  refetchIntervalInBackground: true,
});

/** A whole list, and the moment (of `performance.now()`) before which the answer cannot have been made. */
export interface ReadList<T> {
  readonly requestedAt: number;
  readonly items: readonly T[];
}

/** Where all lists of a network are kept, to have them read again. */
export function listsKey(network: string) {
  return ['list', network] as const;
}

/** All machines of a network. */
export function machinesQuery(network: string, isStreaming: boolean) {
  return listQuery([...listsKey(network), 'machines'], signal => readMachines(network, signal), {
    isStreaming,
    isUntold: machines => !streamsAll(machines.length) || machines.some(({ checks }) => checks.length > 0),
  });
}

/** All services of a network; while somebody looks at them, as often as their figures change. */
export function servicesQuery(network: string, isStreaming: boolean, isInView: boolean) {
  return listQuery([...listsKey(network), 'services'], signal => readServices(network, signal), {
    isStreaming,
    isUntold: () => isInView,
  });
}

interface Pace<T> {
  readonly isStreaming: boolean;
  /** Whether the list changes in what the stream does not tell. */
  readonly isUntold: (items: readonly T[]) => boolean;
}

function listQuery<T>(key: readonly string[], read: (signal: AbortSignal) => Promise<readonly T[]>, pace: Pace<T>) {
  return queryOptions({
    queryKey: key,
    queryFn: async ({ signal }): Promise<ReadList<T>> => {
      const requestedAt = performance.now();
      return { requestedAt, items: await read(signal) };
    },
    staleTime: READ_AHEAD_FRESH_MS,
    // The stream's hello asks for the list when the tab is seen again.
    refetchOnWindowFocus: false,
    // Each answer is merged into the store once; comparing it deeply with the last one would be work for nothing.
    structuralSharing: false,
    refetchInterval: query => {
      if (!pace.isStreaming || query.state.status !== 'success') return FALLBACK_EVERY_MS;
      return pace.isUntold(query.state.data?.items ?? []) ? UNTOLD_SNAPSHOT_EVERY_MS : SNAPSHOT_EVERY_MS;
    },
  });
}
