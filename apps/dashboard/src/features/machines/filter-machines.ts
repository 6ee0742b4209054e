import type { MachineRow } from './machine-row.ts';

/**
 * Whether a machine matches every word of a filter. A word is found in the name, in a label (`tier=db`, or a part of
 * it) or in the reason; `is:down` asks for exactly that state. Case does not matter.
 */
export function matchesFilter(row: MachineRow, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const haystack = [row.name, ...row.labels.map(([key, value]) => `${key}=${value}`), row.state, row.reason ?? '']
    .join('\n')
    .toLowerCase();
  return words.every(word => (word.startsWith('is:') ? row.state === word.slice(3) : haystack.includes(word)));
}
