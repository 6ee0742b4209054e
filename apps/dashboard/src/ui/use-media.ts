import { useCallback, useSyncExternalStore } from 'react';

/** Which of the steps (widths in px, ascending) the window has reached; 0 when it is narrower than the first. */
export function useWidthStep(stepsPx: readonly number[]): number {
  const subscribe = useCallback(
    (changed: () => void) => {
      const queries = stepsPx.map(step => matchMedia(`(min-width: ${step}px)`));
      for (const query of queries) query.addEventListener('change', changed);
      return () => {
        for (const query of queries) query.removeEventListener('change', changed);
      };
    },
    [stepsPx],
  );
  return useSyncExternalStore(
    subscribe,
    () => stepsPx.filter(step => matchMedia(`(min-width: ${step}px)`).matches).length,
  );
}

/** Whether somebody can see this tab. */
export function useIsVisible(): boolean {
  return useSyncExternalStore(subscribeToVisibility, () => document.visibilityState === 'visible');
}

function subscribeToVisibility(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
}
