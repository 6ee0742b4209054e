import { describe, expect, it } from 'vitest';
import { stateWordsOf, toggleState, withStates, wordsOf } from './filter-words.ts';

describe('a filter', () => {
  it('is of words and of states', () => {
    expect([wordsOf(' Web  IS:Down fra is:unknown'), stateWordsOf('Web IS:Down fra is:unknown')]).toEqual([
      ['web', 'fra'],
      ['down', 'unknown'],
    ]);
  });

  it.each([
    ['', 'is:down'],
    ['web', 'web is:down'],
    ['is:up', 'is:down'],
    ['is:degraded web is:unknown', 'web is:down'],
    ['is:down', ''],
    ['web is:down is:unknown', 'web'],
  ])('"%s" becomes "%s" when the number of those that are down is pressed', (filter, expected) => {
    expect(toggleState(filter, 'down')).toBe(expected);
  });

  it('can ask for several states', () => {
    expect(withStates('web is:up', ['down', 'degraded'])).toBe('web is:down is:degraded');
  });
});
