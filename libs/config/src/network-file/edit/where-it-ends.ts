import { isCollection, isMap, isNode, isPair, isScalar, type Pair } from 'yaml';

/**
 * Behind the last character of a node that is neither space nor comment: the range of a list or a mapping reaches further,
 * over the comments that follow it.
 */
export function endOf(node: unknown, text: string): number {
  if (isPair(node)) return endOfPair(node, text);
  if (isCollection(node) && node.flow !== true) {
    const last: unknown = node.items.at(-1);
    if (last !== undefined) return endOf(last, text);
  }
  if (!isNode(node) || !node.range) return 0;
  const [start, end] = node.range;
  return isScalar(node) ? start + text.slice(start, end).trimEnd().length : end;
}

/** Behind the colon that belongs to a key; `null`: the file is written in a way without one. */
export function behindColonOf(pair: Pair): number | null {
  const colon = tokensBetween(pair).find(({ type }) => type === 'map-value-ind');
  return colon === undefined ? null : colon.offset + 1;
}

function endOfPair(pair: Pair, text: string): number {
  const behindKey = behindColonOf(pair) ?? endOf(pair.key, text);
  // A value that is not written stands somewhere behind the comments that follow.
  const isWritten = !(isScalar(pair.value) && pair.value.source === '' && pair.value.value === null);
  return isWritten ? Math.max(behindKey, endOf(pair.value, text)) : behindKey;
}

interface Token {
  readonly type: string;
  readonly offset: number;
}

function tokensBetween(pair: Pair): readonly Token[] {
  return (pair.srcToken?.sep ?? []) as readonly Token[];
}

/** Where the dash of an entry stands; `null`: it has none, as between brackets. */
export function dashOf(list: unknown, index: number): number | null {
  if (!isCollection(list) || isMap(list)) return null;
  const token: unknown = list.srcToken;
  if (typeof token !== 'object' || token === null || !('items' in token)) return null;
  const { items } = token as { readonly items: readonly { readonly start?: readonly Token[] }[] };
  return items[index]?.start?.find(({ type }) => type === 'seq-item-ind')?.offset ?? null;
}
