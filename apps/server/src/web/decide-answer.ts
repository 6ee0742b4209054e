/** What the dashboard does with a request. */
export type Answer =
  /** It is somebody else's: the API's, or no reading at all. */
  | 'pass'
  /** The file of that path. */
  | 'asset'
  /** A page of the single-page app: index.html, which looks at the address itself. */
  | 'page'
  /** Somebody is looking for a page that there is not: index.html again, which says so. */
  | 'missing-page'
  /** There is no such thing. */
  | 'missing';

interface AskedFor {
  readonly method: string;
  /** Decoded or not: only its shape matters. */
  readonly path: string;
  readonly acceptsHtml: boolean;
  readonly isAsset: boolean;
  /** Whether the dashboard has a page at this path. */
  readonly isPage: boolean;
}

/** The API's paths, and those for machines; the dashboard never answers there. */
const FOREIGN = /^\/(api|healthz|readyz|metrics)(\/|$)/;
const HAS_EXTENSION = /\.[^/]+$/;

/**
 * A missing file is missing: answering with index.html instead would let a browser run a page as a script, and keep it
 * for a year. A page is only what a browser navigates to. It may end like a file: machines are called `db.example.org`.
 */
export function decideAnswer({ method, path, acceptsHtml, isAsset, isPage }: AskedFor): Answer {
  if ((method !== 'GET' && method !== 'HEAD') || FOREIGN.test(path)) return 'pass';
  if (isAsset) return 'asset';
  if (path === '/index.html') return 'page';
  if (!acceptsHtml || path.startsWith('/assets/')) return 'missing';
  if (isPage) return 'page';
  return HAS_EXTENSION.test(path) ? 'missing' : 'missing-page';
}
