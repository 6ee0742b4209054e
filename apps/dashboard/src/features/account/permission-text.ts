import type { Permission } from '../../api/account-client.ts';
import { messages } from '../../messages/text.ts';

const texts: Readonly<Record<Permission, string>> = messages.permission;

/** What a permission lets one do, to follow "allowed to"; `null`: it is not known. */
export function permissionText(permission: string | null): string | null {
  return permission !== null && isPermission(permission) ? texts[permission] : null;
}

function isPermission(text: string): text is Permission {
  return Object.hasOwn(texts, text);
}
