import { isMap, isSeq, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { renderEntry, renderInline, renderPair } from './render-yaml.ts';
import { lineBreakOf, lineEndOf, lineStartOf, nextLineOf, type Splice } from './splice.ts';
import { behindColonOf, dashOf, endOf } from './where-it-ends.ts';

const INDENT = '  ';

/** What has to be put into the text so that these entries follow the last one of the list `key` of the file. */
export function appendEntries(text: string, file: YAMLMap, key: string, entries: readonly unknown[]): Splice[] | null {
  const pair = file.items.find(item => String(item.key) === key);
  if (pair === undefined) return [newList(text, file, key, entries)];
  const list: unknown = pair.value;
  if (!isSeq(list) || list.items.length === 0) return firstEntries(text, file, pair, entries);
  const end = endOf(list.items.at(-1), text);
  if (list.flow === true) return [{ start: end, end, text: entries.map(one => `, ${renderInline(one)}`).join('') }];
  const dash = dashOf(list, list.items.length - 1);
  if (dash === null) return null;
  const at = lineEndOf(text, end);
  const indent = text.slice(lineStartOf(text, dash), dash);
  return [{ start: at, end: at, text: linesOf(text, entries, { indent, inline: isInline(list) }) }];
}

/** What has to be cut out of the text so that this entry of the list is gone; comments above it stay. */
export function removeEntry(text: string, list: YAMLSeq, index: number): Splice[] | null {
  const item = list.items[index];
  if (list.flow === true)
    return [{ start: list.range?.[0] ?? 0, end: endOf(list, text), text: flowWithout(text, list, index) }];
  const dash = dashOf(list, index);
  if (dash === null || item === undefined) return null;
  return [{ start: lineStartOf(text, dash), end: nextLineOf(text, endOf(item, text)), text: '' }];
}

function flowWithout(text: string, list: YAMLSeq, index: number): string {
  const kept = list.items.filter((_, i) => i !== index);
  const written = kept.map(item => text.slice((item as YAMLMap).range?.[0] ?? 0, endOf(item, text)));
  return `[${written.join(', ')}]`;
}

/** The file has no such list: it becomes its last key. */
function newList(text: string, file: YAMLMap, key: string, entries: readonly unknown[]): Splice {
  const end = endOf(file, text);
  if (file.flow === true) {
    const comma = file.items.length === 0 ? '' : ', ';
    return { start: end - 1, end: end - 1, text: `${comma}${renderPair(key, entries)}` };
  }
  const at = lineEndOf(text, end);
  return { start: at, end: at, text: `${lineBreakOf(text)}${key}:${linesOf(text, entries, { indent: INDENT })}` };
}

/** The list is there and empty: `machines:` or `machines: []`. */
function firstEntries(text: string, file: YAMLMap, pair: Pair, entries: readonly unknown[]): Splice[] | null {
  const start = behindColonOf(pair);
  if (start === null) return null;
  const end = endOf(pair, text);
  if (file.flow === true) return [{ start, end, text: ` ${renderInline(entries)}` }];
  const at = lineEndOf(text, end);
  const lines = { start: at, end: at, text: linesOf(text, entries, { indent: INDENT }) };
  return start === end ? [lines] : [{ start, end, text: '' }, lines];
}

function linesOf(
  text: string,
  entries: readonly unknown[],
  { indent, inline = false }: { readonly indent: string; readonly inline?: boolean },
): string {
  const lines = entries.flatMap(entry => (inline ? [`- ${renderInline(entry)}`] : renderEntry(entry)));
  return lines.map(line => `${lineBreakOf(text)}${indent}${line}`).join('');
}

/** As the last one is written: each in one line, or its keys one below the other. */
function isInline(list: YAMLSeq): boolean {
  const last = list.items.at(-1);
  return isMap(last) && last.flow === true;
}
