import { queryOptions } from '@tanstack/react-query';
import { readInfo, readMachines, readNetworks } from './client.ts';
import { streamsAll } from './live-url.ts';

const INFO_EVERY_MS = 60_000;
/** Also while the tab is hidden: its title and icon keep telling the truth after the stream is closed. */
const NETWORKS_EVERY_MS = 30_000;
const SNAPSHOT_EVERY_MS = 60_000;
/** The stream of a big network tells only of the machines in view; the list tells of the others. */
const BIG_SNAPSHOT_EVERY_MS = 15_000;
/** Without a stream (or without machines to stream) the list itself is asked more often. */
const FALLBACK_EVERY_MS = 5_000;

export const infoQuery = queryOptions({
  queryKey: ['info'],
  queryFn: ({ signal }) => readInfo(signal),
  refetchInterval: INFO_EVERY_MS,
});

export const networksQuery = queryOptions({
  queryKey: ['networks'],
  queryFn: ({ signal }) => readNetworks(signal),
  refetchInterval: query => (query.state.status === 'error' ? FALLBACK_EVERY_MS : NETWORKS_EVERY_MS),
  refetchIntervalInBackground: true,
});

/** All machines of a network, with the moment (of `performance.now()`) before which the answer cannot have been made. */
export function machinesQuery(network: string, isStreaming: boolean) {
  return queryOptions({
    queryKey: ['machines', network],
    queryFn: async ({ signal }) => {
      const requestedAt = performance.now();
      return { requestedAt, machines: await readMachines(network, signal) };
    },
    // The stream's hello asks for the list when the tab is seen again.
    refetchOnWindowFocus: false,
    // Each answer is merged into the store once; comparing it deeply with the last one would be work for nothing.
    structuralSharing: false,
    refetchInterval: query => {
      if (!isStreaming || query.state.status !== 'success') return FALLBACK_EVERY_MS;
      return streamsAll(query.state.data?.machines.length ?? 0) ? SNAPSHOT_EVERY_MS : BIG_SNAPSHOT_EVERY_MS;
    },
  });
}
