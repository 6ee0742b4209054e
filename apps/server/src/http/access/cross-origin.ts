/** What tells where a request was made. */
export interface RequestSource {
  readonly method: string;
  /** A bearer token was sent: a browser adds none by itself, as it does a cookie or a password that it was asked for (Basic). */
  readonly isBearer: boolean;
  /** The header Sec-Fetch-Site. */
  readonly fetchSite: string | undefined;
  /** The header Origin. */
  readonly origin: string | undefined;
  /** The host that was asked for, with its port. */
  readonly host: string | undefined;
  /** Where a proxy lets people look. */
  readonly publicUrl: string | null;
}

/** Whether another site may have made a browser send this, and how that is known. */
export type SourceDecision =
  | { readonly allowed: true; readonly reason: 'changes-nothing' | 'bearer' | 'same-origin' | 'no-browser' }
  | { readonly allowed: false };

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may change something. A cookie is sent by the browser itself, so the page that asks for the change must
 * be one of ours: the browser says so in Sec-Fetch-Site, and before that existed, or over plain http, in Origin.
 */
export function decideSource(source: RequestSource): SourceDecision {
  const { method, isBearer, fetchSite, origin } = source;
  if (SAFE_METHODS.has(method)) return { allowed: true, reason: 'changes-nothing' };
  if (isBearer) return { allowed: true, reason: 'bearer' };
  if (fetchSite !== undefined)
    return ['same-origin', 'none'].includes(fetchSite) ? { allowed: true, reason: 'same-origin' } : { allowed: false };
  if (origin === undefined) return { allowed: true, reason: 'no-browser' };
  return isOurs(origin, source) ? { allowed: true, reason: 'same-origin' } : { allowed: false };
}

/** Only the host counts: a proxy that ends TLS makes `https` of what is `http` here. */
function isOurs(origin: string, { host, publicUrl }: RequestSource): boolean {
  const asked = hostOf(origin);
  if (asked === null) return false;
  return [host?.toLowerCase(), publicUrl === null ? null : hostOf(publicUrl)].includes(asked);
}

/** Host and port of a URL; `null`: it has none, as `null` itself, which browsers send for pages without an origin. */
function hostOf(url: string): string | null {
  const host = URL.parse(url)?.host ?? '';
  return host === '' ? null : host;
}
