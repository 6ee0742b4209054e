import { type ParsedLocation, redirect } from '@tanstack/react-router';
import type { Permission } from '../../api/account-client.ts';
import { queryClient } from '../../api/query-client.ts';
import { sessionQuery } from '../../api/queries.ts';
import { decideEntry } from './decide-entry.ts';
import { sectionsFor } from './sections.ts';

interface Arrival {
  readonly location: Pick<ParsedLocation, 'pathname' | 'searchStr'>;
}

/** For `beforeLoad` of a route: leads away who may not open it. The server decides anyway what is told. */
export function requirePermission(permission: Permission): (arrival: Arrival) => Promise<void> {
  return async ({ location: { pathname, searchStr } }) => {
    const session = await knownSession();
    // The page itself says that nobody answers.
    if (session === null) return;
    const entry = decideEntry(session, permission, pathname + searchStr);
    if (entry.kind === 'lead') lead(entry.href);
  };
}

/** For `/settings` itself: on to the first page of it that may be opened. */
export async function leadToFirstSection({ location: { pathname } }: Arrival): Promise<void> {
  const session = await knownSession();
  const [first] = sectionsFor(session?.account?.permissions ?? []);
  if (first !== undefined) lead(first.to);
  if (session === null) return;
  const entry = decideEntry(session, 'users:read', pathname);
  if (entry.kind === 'lead') lead(entry.href);
}

/** The router's way to end a navigation and begin another. */
function lead(href: string): void {
  redirect({ href, replace: true, throw: true });
}

async function knownSession() {
  try {
    return await queryClient.fetchQuery(sessionQuery);
  } catch {
    return null;
  }
}
