import type { AccessDecision } from '#auth';
import { localPath } from './local-path.ts';

/** What tells a browser that goes to a page from everything else. */
export interface Navigation {
  readonly method: string;
  /** The header Sec-Fetch-Mode, which browsers set over TLS and to this machine. */
  readonly fetchMode: string | undefined;
  readonly accept: string | undefined;
}

/** Whether somebody's browser goes to this address, rather than a page or a program asking for it. */
export function isNavigation({ method, fetchMode, accept }: Navigation): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (fetchMode !== undefined) return fetchMode === 'navigate';
  return accept?.includes('text/html') ?? false;
}

/** Why somebody was not let in. */
export type RefusalReason = Extract<AccessDecision, { allowed: false }>['reason'];

/** A request that was refused. */
export interface RefusedRequest extends Navigation {
  /** Path and query as they were asked for. */
  readonly url: string;
  readonly reason: RefusalReason;
  /** What would have been needed. */
  readonly needed: string;
}

/**
 * Where a browser that was refused is sent: to sign in and come back, or to a page that says which permission is missing.
 * `null`: it is no navigation, and a problem document says it.
 */
export function decideNavigation(request: RefusedRequest): string | null {
  if (!isNavigation(request)) return null;
  const { reason, url, needed } = request;
  if (reason === 'unknown') return signInPath(url);
  const path = localPath(url.replace(/\?.*$/s, ''));
  return `/forbidden?permission=${encodeURIComponent(needed)}&path=${encodeURIComponent(path)}`;
}

/** The page to sign in on, which goes on to `next`. */
function signInPath(next: string): string {
  return `/sign-in?next=${encodeURIComponent(localPath(next))}`;
}
