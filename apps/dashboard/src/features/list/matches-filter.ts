import type { StateRow } from './state-row.ts';

/**
 * Whether a row matches every word of a filter. A word is found in one of its texts (a label such as `tier=db`, say),
 * or in its name or reason; `is:down` asks for exactly that state. Case does not matter.
 */
export function matchesFilter(row: StateRow, texts: readonly string[], filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const haystack = [row.name, ...texts, row.state, row.reason ?? ''].join('\n').toLowerCase();
  return words.every(word => (word.startsWith('is:') ? row.state === word.slice(3) : haystack.includes(word)));
}
