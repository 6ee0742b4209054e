import { messages } from '../../messages/text.ts';

const texts: Readonly<Record<string, string>> = messages.permission;

/** What a permission lets one do, to follow "allowed to"; `null`: it is not known. */
export function permissionText(permission: string | null): string | null {
  return permission !== null && Object.hasOwn(texts, permission) ? (texts[permission] ?? null) : null;
}
