import type { Permission } from './permissions.ts';
import type { Principal } from './principal.ts';

/**
 * What a route asks of whoever calls it: a permission, `public` (nothing), or `own-account` (a session of whatever role: what
 * people do with their own account, and no token may).
 */
export type AccessRule = Permission | 'public' | 'own-account';

/** Why a request is let through or not. */
export type AccessDecision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: 'undeclared' | 'unknown' | 'session-only' | 'missing-permission' };

/**
 * Whether somebody may use a route. What declares nothing is closed.
 *
 * @param rule what the route declares; `undefined` when it declares nothing
 * @param principal `null`: nobody is signed in
 */
export function decideAccess(rule: AccessRule | undefined, principal: Principal | null): AccessDecision {
  if (rule === undefined) return { allowed: false, reason: 'undeclared' };
  if (rule === 'public') return { allowed: true };
  if (principal === null) return { allowed: false, reason: 'unknown' };
  if (rule === 'own-account')
    return principal.via === 'session' ? { allowed: true } : { allowed: false, reason: 'session-only' };
  return principal.permissions.includes(rule) ? { allowed: true } : { allowed: false, reason: 'missing-permission' };
}
