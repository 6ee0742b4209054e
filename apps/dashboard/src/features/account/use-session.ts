import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { sessionQuery } from '../../api/queries.ts';
import type { AccountView, Permission, SessionView } from '../../api/account-client.ts';
import { isSameViewer } from './is-same-viewer.ts';
import { signInPath } from './next-path.ts';

/** Who is signed in; `undefined` until it is known. */
export function useSession(): SessionView | undefined {
  return useQuery(sessionQuery).data;
}

/**
 * For a page of somebody who is signed in: when the session is over, to sign-in and back again. When somebody else is
 * signed in now, or may see something else, the page begins anew: what it has read was not for them.
 */
export function useStaySignedIn(): void {
  const session = useSession();
  const shownTo = useRef<AccountView>(undefined);
  const isOver = session !== undefined && session.account === null;
  useEffect(() => {
    if (isOver) location.replace(signInPath(location.pathname + location.search));
  }, [isOver]);
  useEffect(() => {
    const account = session?.account ?? null;
    if (account === null) return;
    shownTo.current ??= account;
    if (!isSameViewer(shownTo.current, account)) location.reload();
  }, [session]);
}

/**
 * Whether the account has a permission. The server decides what is told; this is about what is worth asking for.
 *
 * @param meanwhile what to go by until it is known
 */
export function useMay(permission: Permission, meanwhile = true): boolean {
  return useSession()?.account?.permissions.includes(permission) ?? meanwhile;
}

/** What people call an account. */
export function nameOf({ name, email }: Pick<AccountView, 'name' | 'email'>): string {
  return name === '' ? email : name;
}
