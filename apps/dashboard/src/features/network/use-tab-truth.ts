import { useEffect } from 'react';
import { useTabTitle } from '../../ui/use-tab-title.ts';
import { type Counts, iconOf, truthOf } from './truth.ts';

const ICONS = { normal: '/favicon.svg', warning: '/favicon-warning.svg', down: '/favicon-down.svg' } as const;

/**
 * Puts the sentence of truth into the tab's title and its worst part into the tab's icon.
 *
 * @param counts `null`: nothing is known, or what is known is not true any more
 * @param otherwise what to say then
 */
export function useTabTruth(counts: Counts | null, otherwise: string): void {
  const sentence = counts === null ? otherwise : truthOf(counts);
  const icon = counts === null ? 'normal' : iconOf(counts);
  useTabTitle(sentence);
  useEffect(() => {
    document.querySelector('link[rel="icon"]')?.setAttribute('href', ICONS[icon]);
  }, [icon]);
}
