import { useCallback, useSyncExternalStore } from 'react';

/** Told by replaceParam; the browser itself tells only of back and forward. */
const CHANGED = 'distomon:url';

/** One parameter of the page's address, so that what is shown can be sent to somebody and survives a reload. */
export function useUrlParam(name: string): [value: string, replace: (value: string) => void] {
  const value = useSyncExternalStore(subscribe, () => new URLSearchParams(location.search).get(name) ?? '');
  const replace = useCallback((next: string) => replaceParam(name, next), [name]);
  return [value, replace];
}

function replaceParam(name: string, value: string): void {
  const url = new URL(location.href);
  if (value === '') url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  history.replaceState(history.state, '', url);
  dispatchEvent(new Event(CHANGED));
}

function subscribe(changed: () => void): () => void {
  addEventListener('popstate', changed);
  addEventListener(CHANGED, changed);
  return () => {
    removeEventListener('popstate', changed);
    removeEventListener(CHANGED, changed);
  };
}
