import { fill, messages } from '../../messages/text.ts';
import { quotedWhereNeeded, splitWords, unquoted } from './words.ts';

export type Labels = Readonly<Record<string, string>>;

/** Labels as they were meant, or what is wrong with how they are written. */
export type ReadLabels =
  | { readonly kind: 'labels'; readonly labels: Labels }
  | { readonly kind: 'problem'; readonly problem: string };

const KEY = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/;
const MOST = 200;

const texts = messages.editor.labels;

/** `tier=db place="Frankfurt am Main"` as labels. */
export function parseLabels(text: string): ReadLabels {
  return readLabels(splitWords(text));
}

/** @param words each one `key=value` */
export function readLabels(words: readonly string[]): ReadLabels {
  const labels = new Map<string, string>();
  for (const word of words) {
    const at = word.indexOf('=');
    const [key, value] = at === -1 ? [word, ''] : [word.slice(0, at), unquoted(word.slice(at + 1))];
    const problem = problemOf(key, value, at !== -1, labels.has(key));
    if (problem !== null) return { kind: 'problem', problem };
    labels.set(key, value);
  }
  return { kind: 'labels', labels: Object.fromEntries(labels) };
}

/** The other way round. */
export function renderLabels(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${quotedWhereNeeded(value)}`)
    .join(' ');
}

function problemOf(key: string, value: string, hasSign: boolean, isThere: boolean): string | null {
  if (!hasSign) return fill(texts.noSign, { word: key });
  if (!KEY.test(key)) return fill(texts.badKey, { key });
  if (value === '') return fill(texts.noValue, { key });
  if (value.length > MOST) return fill(texts.long, { key, most: MOST });
  return isThere ? fill(texts.twice, { key }) : null;
}
