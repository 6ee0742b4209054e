import type { Permission, SessionView } from '../../api/account-client.ts';
import { signInPath } from '../account/next-path.ts';

/** Whether somebody may open a page, or where they are led instead. */
export type Entry = { readonly kind: 'enter' } | { readonly kind: 'lead'; readonly href: string };

/**
 * As the server decides it for an address that is typed in.
 *
 * @param path where one wants to go, with its parameters
 */
export function decideEntry({ account }: Pick<SessionView, 'account'>, permission: Permission, path: string): Entry {
  if (account === null) return { kind: 'lead', href: signInPath(path) };
  if (account.permissions.includes(permission)) return { kind: 'enter' };
  const asked = new URLSearchParams({ permission, path: path.replace(/\?.*$/s, '') });
  return { kind: 'lead', href: `/forbidden?${asked.toString()}` };
}
