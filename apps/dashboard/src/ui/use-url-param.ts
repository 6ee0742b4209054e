import { useCallback, useSyncExternalStore } from 'react';
import { browserHistory } from './browser-history.ts';

/**
 * One parameter of the page's address, so that what is shown can be sent to somebody and survives a reload. Read from the
 * history itself, not from the router: the router draws when there is time for it, and letters that are typed must not wait.
 */
export function useUrlParam(name: string): [value: string, replace: (value: string) => void] {
  const value = useSyncExternalStore(subscribe, () => paramsNow().get(name) ?? '');
  const replace = useCallback((next: string) => browserHistory().replace(hrefWith({ [name]: next })), [name]);
  return [value, replace];
}

/** Shows another page of this application, as a link does; the browser's back leads back here. */
export function goTo(href: string): void {
  browserHistory().push(href);
}

/** The address of this page with some parameters changed; an empty one is left out. */
export function hrefWith(changes: Readonly<Record<string, string>>): string {
  const params = paramsNow();
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') params.delete(name);
    else params.set(name, value);
  }
  const { pathname, hash } = browserHistory().location;
  return `${pathname}${params.size === 0 ? '' : `?${params.toString()}`}${hash}`;
}

function paramsNow(): URLSearchParams {
  return new URLSearchParams(browserHistory().location.search);
}

function subscribe(changed: () => void): () => void {
  return browserHistory().subscribe(changed);
}
