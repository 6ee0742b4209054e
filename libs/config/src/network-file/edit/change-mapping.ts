import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, type Pair, type YAMLMap } from 'yaml';
import { renderInline, renderPair } from './render-yaml.ts';
import { lineBreakOf, lineEndOf, lineStartOf, nextLineOf, type Splice } from './splice.ts';
import { behindColonOf, endOf } from './where-it-ends.ts';

/** What a mapping is to hold. */
export type Wanted = Readonly<Record<string, unknown>>;

/**
 * What has to be replaced in the text so that this mapping, which holds `before`, holds `after`. Everything that is the same
 * in both stays as it is written; what is new comes last. `null`: the mapping is written in a way that cannot be changed.
 */
export function changeMapping(text: string, map: YAMLMap, before: Wanted, after: Wanted): Splice[] | null {
  const removed = map.items.filter(pair => !Object.hasOwn(after, keyOf(pair)));
  if (map.flow === true && (removed.length > 0 || map.items.length === 0)) return [rewritten(text, map, after)];
  const changed = changedPairs(text, map, before, after);
  const added = Object.keys(after).filter(key => !Object.hasOwn(before, key));
  const put = added.length === 0 ? [] : addition(text, map, after, added);
  return changed === null || put === null ? null : [...removals(text, map, removed), ...changed, ...put];
}

/** Between braces, in one line: there is no place for what is left of it. */
function rewritten(text: string, map: YAMLMap, after: Wanted): Splice {
  return { start: map.range?.[0] ?? 0, end: endOf(map, text), text: renderInline(after) };
}

function changedPairs(text: string, map: YAMLMap, before: Wanted, after: Wanted): Splice[] | null {
  const splices: Splice[] = [];
  for (const pair of map.items) {
    const key = keyOf(pair);
    if (!Object.hasOwn(after, key) || isDeepStrictEqual(before[key], after[key])) continue;
    const own = changedValue(text, pair, before[key], after[key]);
    if (own === null) return null;
    splices.push(...own);
  }
  return splices;
}

/** A mapping in a mapping is changed key by key, so that its comments stay; one of which nothing stays is written anew. */
function changedValue(text: string, pair: Pair, before: unknown, after: unknown): Splice[] | null {
  const isBothMappings = isMap(pair.value) && isWanted(before) && isWanted(after);
  const byKey = isBothMappings ? changeMapping(text, pair.value as YAMLMap, before, after) : null;
  if (byKey !== null) return byKey;
  const start = behindColonOf(pair);
  return start === null ? null : [{ start, end: endOf(pair, text), text: ` ${renderInline(after)}` }];
}

function addition(text: string, map: YAMLMap, after: Wanted, keys: readonly string[]): Splice[] | null {
  const last = map.items.findLast(pair => Object.hasOwn(after, keyOf(pair)));
  const first = map.items[0];
  if (last === undefined || first === undefined) return null;
  const end = endOf(last, text);
  const lines = keys.map(key => renderPair(key, after[key]));
  if (map.flow === true) return [{ start: end, end, text: lines.map(line => `, ${line}`).join('') }];
  const column = startOf(first) - lineStartOf(text, startOf(first));
  const at = lineEndOf(text, end);
  const put = lines.map(line => `${lineBreakOf(text)}${' '.repeat(column)}${line}`).join('');
  return [{ start: at, end: at, text: put }];
}

/** Whole lines; the first key of a list's entry stands behind its dash, and the one that follows moves there. */
function removals(text: string, map: YAMLMap, removed: readonly Pair[]): Splice[] {
  const kept = map.items.findIndex(pair => !removed.includes(pair));
  const [firstPair, firstKept] = [map.items[0], map.items[kept]];
  const leading: Splice[] =
    kept > 0 && firstPair !== undefined && firstKept !== undefined
      ? [{ start: startOf(firstPair), end: startOf(firstKept), text: '' }]
      : [];
  const later = removed
    .filter(pair => map.items.indexOf(pair) > kept)
    .map(pair => ({ start: lineStartOf(text, startOf(pair)), end: nextLineOf(text, endOf(pair, text)), text: '' }));
  return [...leading, ...later];
}

function startOf({ key }: Pair): number {
  return isScalar(key) ? (key.range?.[0] ?? 0) : 0;
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

function isWanted(value: unknown): value is Wanted {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
