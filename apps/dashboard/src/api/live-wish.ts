/** What somebody wants to hear of: machines and services of one network by name; `null`: all of it. */
export interface LiveWish {
  readonly network: string;
  readonly names: ReadonlySet<string> | null;
}

const PATH = '/api/v1/live';

/** Reads what {@link liveUrl} wrote, and after which state change the stream should go on. */
export function parseWish(url: string): { wish: LiveWish; after: number | null } {
  const query = new URLSearchParams(url.slice(url.indexOf('?')));
  const names = query.get('machines');
  const after = query.get('after');
  return {
    wish: { network: query.get('network') ?? '', names: names === null ? null : new Set(names.split(',')) },
    after: after === null ? null : Number(after),
  };
}

/** Where the server tells of all that. */
export function wishUrl({ network, names }: LiveWish, after: number | null): string {
  const query = new URLSearchParams({ network });
  if (names !== null) query.set('machines', [...names].toSorted().join(','));
  if (after !== null) query.set('after', String(after));
  return `${PATH}?${query.toString()}`;
}

/** What satisfies all of them, which are about one network. */
export function unite(wishes: readonly [LiveWish, ...LiveWish[]]): LiveWish {
  const names = wishes.map(wish => wish.names);
  const { network } = wishes[0];
  if (names.includes(null)) return { network, names: null };
  return { network, names: new Set(names.flatMap(some => [...(some ?? [])])) };
}

/** Whether a stream of `standing` tells everything of `wanted`. */
export function covers(standing: LiveWish, wanted: LiveWish): boolean {
  if (standing.network !== wanted.network) return false;
  if (standing.names === null) return true;
  return wanted.names !== null && [...wanted.names].every(name => standing.names?.has(name) === true);
}
