import { useCallback, useSyncExternalStore } from 'react';

/** Told by replaceParam and goTo; the browser itself tells only of back and forward. */
const CHANGED = 'distomon:url';

/** One parameter of the page's address, so that what is shown can be sent to somebody and survives a reload. */
export function useUrlParam(name: string): [value: string, replace: (value: string) => void] {
  const value = useSyncExternalStore(subscribe, () => new URLSearchParams(location.search).get(name) ?? '');
  const replace = useCallback((next: string) => replaceParam(name, next), [name]);
  return [value, replace];
}

/** Shows another page of this application, as a link does; the browser's back leads back here. */
export function goTo(href: string): void {
  history.pushState(null, '', href);
  dispatchEvent(new Event(CHANGED));
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
