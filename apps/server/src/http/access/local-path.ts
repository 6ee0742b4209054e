/** A longer one is no address of a page of ours. */
const MAX_LENGTH = 2_000;
/**
 * A path of this server and nothing else. Browsers read `//host` and `/\host` as another host, and skip control characters
 * before they look.
 */
// eslint-disable-next-line no-control-regex
const LOCAL_PATH = /^\/(?![/\\])[^\u0000-\u001f\u007f]*$/;

/**
 * Where to go after signing in: what was asked for when it is a path of this server, else the first page. It is answered as
 * it was written, so `/.//host` stays a path of ours; the dashboard's `nextPath` writes the path anew and must refuse that.
 */
export function localPath(next: unknown): string {
  return typeof next === 'string' && next.length <= MAX_LENGTH && LOCAL_PATH.test(next) ? next : '/';
}
