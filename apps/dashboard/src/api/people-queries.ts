import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { isForbidden } from './api-error.ts';
import { type AuditWish, readAudit, readSessions, readTokens, readUsers } from './people-client.ts';

/** What could not be read is tried again by itself, unless it is not for this account. */
const RETRY_EVERY_MS = 5_000;

function retryEvery({ state }: { readonly state: { readonly error: Error | null } }): number | false {
  return state.error !== null && !isForbidden(state.error) && RETRY_EVERY_MS;
}

/** Where the account is signed in. */
export const ownSessionsQuery = queryOptions({
  queryKey: ['own', 'sessions'],
  queryFn: ({ signal }) => readSessions(signal),
  refetchInterval: retryEvery,
});

/** The account's own tokens. */
export const ownTokensQuery = queryOptions({
  queryKey: ['own', 'tokens'],
  queryFn: ({ signal }) => readTokens(signal),
  refetchInterval: retryEvery,
});

/** Every account. */
export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => readUsers(signal),
  refetchInterval: retryEvery,
});

/** Who did what, page after page; while another wish is read, what was there stays. */
export function auditQuery(wish: AuditWish) {
  return infiniteQueryOptions({
    queryKey: ['audit', wish],
    queryFn: ({ signal, pageParam }) => readAudit(wish, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    refetchInterval: retryEvery,
  });
}
