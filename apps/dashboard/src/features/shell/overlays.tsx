import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { decideKey, pressedKeyOf } from './keys.ts';
import { SearchButton } from './search-button.tsx';

type Overlay = 'search' | 'keys';

const loadPalette = async () => import('../palette/palette.tsx');
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));
const KeyList = lazy(async () => ({ default: (await import('../palette/key-list.tsx')).KeyList }));

/** What lies above every page when it is asked for, loaded no sooner than that: the search and the list of keys. */
export function Overlays() {
  const [shown, show] = useState<Overlay | null>(null);
  useKeys(show);
  const close = useCallback(() => show(null), []);
  return (
    <>
      <SearchButton onPress={() => show('search')} onIntent={() => void loadPalette()} />
      <Suspense fallback={null}>
        {shown === 'search' && <Palette onClose={close} onKeys={() => show('keys')} />}
        {shown === 'keys' && <KeyList onClose={close} />}
      </Suspense>
    </>
  );
}

function useKeys(show: (overlay: Overlay) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      // On its way to the letter: the search is loaded before that is pressed.
      if (event.key === 'Control' || event.key === 'Meta') void loadPalette();
      const overlay = decideKey(pressedKeyOf(event));
      if (overlay === null) return;
      event.preventDefault();
      show(overlay);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [show]);
}
