import { createRouter } from '@tanstack/react-router';
import { browserHistory } from '../ui/browser-history.ts';
import { CrashNotice } from '../ui/crash-guard.tsx';
import { routeTree } from './routes.tsx';

/** Parameters are texts as they stand in the address; the router would read `?q=1` as a number. */
function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(search).filter(([, value]) => typeof value === 'string' && value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given as [string, string][]).toString()}`;
}

/** Which page an address is. A page is loaded when it is opened, or when a pointer or the focus is on a link to it. */
export const router = createRouter({
  routeTree,
  history: browserHistory(),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  // What pages read is kept by TanStack Query.
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: CrashNotice,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
