import type { Access } from '#config';

/** What every request says of itself. A compressed body could be a bomb, and would have to be unpacked to be read. */
const COMMON = { 'user-agent': 'distomon', accept: '*/*', 'accept-encoding': 'identity' };

/**
 * The headers of a request, names and values in turn.
 *
 * @param own those of the network file; they take the place of common ones
 */
export function requestHeaders(own: Readonly<Record<string, string>>, access: Access | null): string[] {
  const headers = new Map(Object.entries(COMMON));
  for (const [name, value] of Object.entries(own)) headers.set(name.toLowerCase(), value);
  if (access !== null && access.authorization !== null) headers.set('authorization', access.authorization);
  return [...headers].flat();
}
