import { QueryCache, QueryClient } from '@tanstack/react-query';
import { isForbidden, isNotSignedIn, isWorthRetrying } from './api-error.ts';
import { sessionQuery } from './queries.ts';

/** What was read of the server, for all pages. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    // The session may be over, or the account may do less than it could; whoever asks for it knows what to do then.
    onError: error => {
      if (isNotSignedIn(error) || isForbidden(error))
        void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  }),
  defaultOptions: {
    queries: {
      // The server is often this very machine: "offline" says nothing about whether it answers.
      networkMode: 'always',
      retry: (failures, error) => failures < 1 && isWorthRetrying(error),
      retryDelay: 1_000,
    },
    mutations: { networkMode: 'always' },
  },
});
