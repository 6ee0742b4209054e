import { useSyncExternalStore } from 'react';

export const COLOR_SCHEMES = ['auto', 'light', 'dark'] as const;
/** What somebody wishes; `auto` follows the system. */
export type ColorScheme = (typeof COLOR_SCHEMES)[number];

/** Mantine and theme-init.js keep it under the same key. */
const KEY = 'mantine-color-scheme-value';
const ATTRIBUTE = 'data-mantine-color-scheme';
/** The browser tells other tabs of a change to its storage, never the tab that made it. */
const CHOSEN = 'distomon:color-scheme';

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

/** Keeps the page in step with the system and with the other tabs, from the first call on. */
export function followColorScheme(): void {
  systemIsDark.addEventListener('change', paint);
  addEventListener('storage', paint);
  // index.html has the colours of the system; whoever wished for others has a frame around the page that does not fit.
  if (chosen() !== 'auto') paint();
}

/** The wish and how to change it; kept in this browser. */
export function useColorScheme(): [scheme: ColorScheme, choose: (scheme: ColorScheme) => void] {
  return [useSyncExternalStore(subscribe, chosen), choose];
}

/** What is on the screen, whatever was wished. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, isDark);
}

function chosen(): ColorScheme {
  try {
    const kept = localStorage.getItem(KEY);
    return COLOR_SCHEMES.find(scheme => scheme === kept) ?? 'auto';
  } catch {
    // Storage is blocked: the page follows the system.
    return 'auto';
  }
}

function choose(scheme: ColorScheme): void {
  try {
    localStorage.setItem(KEY, scheme);
  } catch {
    // Nothing to keep it in.
  }
  paint();
  dispatchEvent(new Event(CHOSEN));
}

function isDark(): boolean {
  const scheme = chosen();
  return scheme === 'dark' || (scheme === 'auto' && systemIsDark.matches);
}

function paint(): void {
  const root = document.documentElement;
  root.setAttribute(ATTRIBUTE, isDark() ? 'dark' : 'light');
  // What the browser draws around the page is drawn like the bar, in both lines of index.html.
  const surface = getComputedStyle(root).getPropertyValue('--panel').trim();
  if (surface === '') return;
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.setAttribute('content', surface);
}

function subscribe(changed: () => void): () => void {
  addEventListener(CHOSEN, changed);
  addEventListener('storage', changed);
  systemIsDark.addEventListener('change', changed);
  return () => {
    removeEventListener(CHOSEN, changed);
    removeEventListener('storage', changed);
    systemIsDark.removeEventListener('change', changed);
  };
}
