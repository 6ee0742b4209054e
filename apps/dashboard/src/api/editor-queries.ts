import { queryOptions } from '@tanstack/react-query';
import { isForbidden } from './api-error.ts';
import { readNetworkFile } from './editor-client.ts';

const RETRY_EVERY_MS = 5_000;
/** Another admin, or a hand edit on disk, may change it. */
const REREAD_EVERY_MS = 15_000;

/** The accepted text of a network. */
export function networkFileQuery(network: string) {
  return queryOptions({
    queryKey: ['file', network],
    queryFn: ({ signal }) => readNetworkFile(network, signal),
    refetchInterval: ({ state: { error } }) => {
      if (error === null) return REREAD_EVERY_MS;
      return isForbidden(error) ? false : RETRY_EVERY_MS;
    },
  });
}
