import type { Permission } from '../../api/account-client.ts';
import type { TokenItem } from '../../api/people-client.ts';
import { messages } from '../../messages/text.ts';
import { permissionText } from './permission-text.ts';

/** Whether a token still opens anything. */
export function tokenState({ revokedAt, expiresAt }: TokenItem, nowMs: number): 'good' | 'revoked' | 'expired' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= nowMs ? 'expired' : 'good';
}

/** A permission as the beginning of a sentence; one that this page does not know by its name. */
export function scopeSentence(scope: string): string {
  const text = permissionText(scope) ?? scope;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a token may do, in sentences. */
export function scopeSentences(scopes: readonly string[], own: readonly string[]): readonly string[] {
  const isAll = own.length > 1 && own.every(permission => scopes.includes(permission));
  return isAll ? [messages.people.token.everything] : scopes.map(scope => scopeSentence(scope));
}

/** Paths that answer to those who have but this, in the order in which they make the better example. */
const EXAMPLES: readonly [scope: Permission, path: string][] = [
  ['metrics:read', '/api/v1/networks'],
  ['server:read', '/metrics'],
  ['users:read', '/api/v1/users'],
  ['audit:read', '/api/v1/audit'],
];

/** Answers to every token. */
const WHO_AM_I = '/api/v1/auth/session';

/** How a program uses a token: what to paste into a shell. */
export function shellExample(
  { secret, scopes }: { secret: string; scopes: readonly string[] },
  origin: string,
): string {
  const path = EXAMPLES.find(([scope]) => scopes.includes(scope))?.[1] ?? WHO_AM_I;
  return [`TOKEN='${secret}'`, `curl -H "Authorization: Bearer $TOKEN" ${origin}${path}`].join('\n');
}
