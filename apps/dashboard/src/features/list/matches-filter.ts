import { messages } from '../../messages/text.ts';
import { stateWordsOf, wordsOf } from './filter-words.ts';
import type { StateRow } from './state-row.ts';
import { reasonWord } from './state-text.tsx';

/**
 * Whether a row matches a filter: every word is found in one of its texts (a label such as `tier=db`, say), or in its
 * name, state or reason, as the page shows these or as the API names them. `is:down` asks for exactly that state, and
 * several of them for any of these. Case does not matter.
 */
export function matchesFilter(row: StateRow, texts: readonly string[], filter: string): boolean {
  const states = stateWordsOf(filter);
  if (states.length > 0 && !states.includes(row.state)) return false;
  const words = wordsOf(filter);
  if (words.length === 0) return true;
  const { state, reason } = row;
  const why = reason === null ? [] : [reason, reasonWord(reason)];
  const haystack = [row.name, ...texts, state, messages.state[state], ...why].join('\n').toLowerCase();
  return words.every(word => haystack.includes(word));
}
