import { type Document, isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Path } from '../validation/check-shape.ts';

/** A key that stands twice in one mapping, and where the second one stands. */
export interface DuplicateKey {
  readonly path: Path;
  readonly offset: number;
}

/** Every key that is in its mapping already. One pass, however many keys there are. */
export function duplicateKeys(node: unknown, path: Path = []): DuplicateKey[] {
  if (isSeq(node))
    return node.items.flatMap((item, index) => (isScalar(item) ? [] : duplicateKeys(item, [...path, index])));
  if (!isMap(node)) return [];
  const seen = new Set<string>();
  return node.items.flatMap(pair => {
    const key = keyOf(pair);
    const isSecond = seen.has(key);
    seen.add(key);
    const inside = isScalar(pair.value) ? [] : duplicateKeys(pair.value, [...path, key]);
    return isSecond ? [{ path: [...path, key], offset: offsetOf(pair.key) ?? 0 }, ...inside] : inside;
  });
}

/**
 * Finds where a path stands in a document: its key, or the entry of its list. What is not there (a missing key, say)
 * stands where the mapping begins that lacks it; what an alias stands for, where the alias is used.
 */
export class LineFinder {
  readonly #document: Document.Parsed;
  readonly #keys = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

  constructor(document: Document.Parsed) {
    this.#document = document;
  }

  /** The position of the first character, counted from 0. */
  offsetOf(path: Path): number {
    let node: unknown = this.#document.contents;
    let offset = offsetOf(node) ?? 0;
    for (const step of path) {
      const pair = isMap(node) ? this.#keysOf(node).get(String(step)) : undefined;
      const item = isSeq(node) ? node.items[Number(step)] : undefined;
      offset = offsetOf(pair?.key ?? item) ?? offset;
      node = pair === undefined ? item : pair.value;
    }
    return offset;
  }

  /** Made once for a mapping: there can be as many findings in one as it has keys. */
  #keysOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.#keys.get(map) ?? new Map(map.items.map(pair => [keyOf(pair), pair]));
    this.#keys.set(map, known);
    return known;
  }
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}
