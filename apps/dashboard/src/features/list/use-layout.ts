import { useCallback } from 'react';
import { useUrlParam } from '../../ui/use-url-param.ts';

const LAYOUTS = ['table', 'grid'] as const;
/** Lines with columns, or tiles side by side. */
export type Layout = (typeof LAYOUTS)[number];

const KEY = 'distomon:layout';

/** The layout that the address names; without one, the last that was chosen in this browser. */
export function useLayout(): [layout: Layout, choose: (layout: Layout) => void] {
  const [param, setParam] = useUrlParam('layout');
  const choose = useCallback(
    (layout: Layout) => {
      keep(layout);
      setParam(layout);
    },
    [setParam],
  );
  return [layoutOf(param) ?? layoutOf(kept()) ?? 'table', choose];
}

function layoutOf(name: string | null): Layout | undefined {
  return LAYOUTS.find(layout => layout === name);
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // Storage is blocked: the address is all there is.
    return null;
  }
}

function keep(layout: Layout): void {
  try {
    localStorage.setItem(KEY, layout);
  } catch {
    // Nothing to keep it in.
  }
}
