import { useTabIcon } from '../../ui/use-tab-icon.ts';
import { useTabTitle } from '../../ui/use-tab-title.ts';
import { type Counts, iconOf, truthOf } from './truth.ts';

/**
 * Puts the sentence of truth into the tab's title and its worst part into the tab's icon.
 *
 * @param counts `null`: nothing is known, or what is known is not true any more
 * @param otherwise what to say then
 */
export function useTabTruth(counts: Counts | null, otherwise: string): void {
  const sentence = counts === null ? otherwise : truthOf(counts);
  useTabTitle(sentence);
  useTabIcon(counts === null ? 'normal' : iconOf(counts));
}
