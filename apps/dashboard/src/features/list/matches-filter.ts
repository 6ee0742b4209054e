import type { StateRow } from './state-row.ts';
import { stateWordsOf, wordsOf } from './filter-words.ts';

/**
 * Whether a row matches a filter: every word is found in one of its texts (a label such as `tier=db`, say), or in its
 * name or reason. `is:down` asks for exactly that state, and several of them for any of these. Case does not matter.
 */
export function matchesFilter(row: StateRow, texts: readonly string[], filter: string): boolean {
  const states = stateWordsOf(filter);
  if (states.length > 0 && !states.includes(row.state)) return false;
  const words = wordsOf(filter);
  if (words.length === 0) return true;
  const haystack = [row.name, ...texts, row.state, row.reason ?? ''].join('\n').toLowerCase();
  return words.every(word => haystack.includes(word));
}
