import type { VerdictState } from '../../api/client.ts';

const STATE_WORD = 'is:';

/** What a filter looks for in texts, in lower case. */
export function wordsOf(filter: string): string[] {
  return splitWords(filter)
    .filter(word => !isStateWord(word))
    .map(word => word.toLowerCase());
}

/** The states that a filter asks for by `is:down`; none: it asks for no state. */
export function stateWordsOf(filter: string): string[] {
  return splitWords(filter)
    .filter(isStateWord)
    .map(word => word.slice(STATE_WORD.length).toLowerCase());
}

/** The filter with these states instead of the ones it has asked for; its other words stay. */
export function withStates(filter: string, states: readonly VerdictState[]): string {
  const words = splitWords(filter).filter(word => !isStateWord(word));
  return [...words, ...states.map(state => `${STATE_WORD}${state}`)].join(' ');
}

/** What a press on the counter of a state asks for: that state alone, or the others too when it was asked for. */
export function toggleState(filter: string, state: VerdictState): string {
  return withStates(filter, stateWordsOf(filter).includes(state) ? [] : [state]);
}

function splitWords(filter: string): string[] {
  return filter.split(/\s+/).filter(Boolean);
}

function isStateWord(word: string): boolean {
  return word.toLowerCase().startsWith(STATE_WORD);
}
