import { lazy, useCallback, useEffect, useState } from 'react';
import { LatePart } from '../../ui/late-part.tsx';
import { decideKey, pressedKeyOf } from './keys.ts';
import { SearchButton } from './search-button.tsx';

type Overlay = 'search' | 'keys';

const loadPalette = async () => import('../palette/palette.tsx');
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));
const loadKeyList = async () => import('../palette/key-list.tsx');
const KeyList = lazy(async () => ({ default: (await loadKeyList()).KeyList }));

/** The page is there by then. */
const AHEAD_MS = 5_000;

/** What lies above every page when it is asked for, loaded after everything else: the search and the list of keys. */
export function Overlays() {
  const [shown, show] = useState<Overlay | null>(null);
  useKeys(show);
  useLoadAhead();
  const close = useCallback(() => show(null), []);
  return (
    <>
      <SearchButton onPress={() => show('search')} onIntent={tryToLoadPalette} />
      {shown !== null && (
        <LatePart onMissed={close}>
          {shown === 'search' && <Palette onClose={close} onKeys={() => show('keys')} />}
          {shown === 'keys' && <KeyList onClose={close} />}
        </LatePart>
      )}
    </>
  );
}

/** While the server is away it is too late to load what is asked for. */
function useLoadAhead(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      tryToLoadPalette();
      loadKeyList().catch(ignore);
    }, AHEAD_MS);
    return () => clearTimeout(timer);
  }, []);
}

function tryToLoadPalette(): void {
  loadPalette().catch(ignore);
}

/** It is missed when it is asked for. */
function ignore(): void {}

function useKeys(show: (overlay: Overlay) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      // On its way to the letter: the search is loaded before that is pressed.
      if (event.key === 'Control' || event.key === 'Meta') tryToLoadPalette();
      const overlay = decideKey(pressedKeyOf(event));
      if (overlay === null) return;
      event.preventDefault();
      show(overlay);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [show]);
}
