/** Any will do: what matters is whether an address stays on it. */
const HERE = 'http://distomon.invalid';

/**
 * Where to go after signing in. Only a path of this server: an address that leads elsewhere would let a link to this page
 * carry people away to one that looks like it. Stricter than `localPath` of the server, which answers the wish as it was
 * written: here the path is written anew, and what is left of `/.//host` then is `//host`, another host.
 *
 * @param wish the parameter `next`, written by whoever made the link
 */
export function nextPath(wish: string | null): string {
  if (wish === null || !wish.startsWith('/') || !URL.canParse(wish, HERE)) return '/';
  // Read as the browser is going to: it takes a backslash for a slash, and leaves out tabs and line breaks.
  const { origin, pathname, search, hash } = new URL(wish, HERE);
  const isSignIn = pathname.replace(/\/+$/, '') === '/sign-in';
  return origin !== HERE || pathname.startsWith('//') || isSignIn ? '/' : `${pathname}${search}${hash}`;
}

/** The address of the page to sign in, that leads back to where one was. */
export function signInPath(from: string): string {
  const next = nextPath(from);
  return next === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ next }).toString()}`;
}
