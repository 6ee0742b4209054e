/** Above this many machines the server wants to be told which ones are looked at. */
const ALL_AT_MOST = 300;

/** Whether one stream tells of all machines of a network of this size. */
export function streamsAll(total: number): boolean {
  return total <= ALL_AT_MOST;
}

/**
 * Where the live events of a network come from. `null`: there are too many machines to watch them all, and none is
 * known to be in view yet.
 */
export function liveUrl(network: string, total: number, inView: readonly string[]): string | null {
  const query = new URLSearchParams({ network });
  if (!streamsAll(total)) {
    if (inView.length === 0) return null;
    query.set('machines', inView.toSorted().join(','));
  }
  return `/api/v1/live?${query.toString()}`;
}
