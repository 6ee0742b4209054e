import { useCallback, useMemo, useState } from 'react';
import { goTo, hrefWith, useUrlParam } from '../../ui/use-url-param.ts';
import { type ChartRange, parseRange, renderRange, trailAfter, zoomedTo } from './range.ts';

export interface ChartRangeState {
  readonly range: ChartRange;
  readonly setRange: (range: ChartRange) => void;
  readonly zoom: (fromMs: number, toMs: number) => void;
  /** To where one came from; a range that was opened by its address goes to the usual one. */
  readonly back: () => void;
  readonly canGoBack: boolean;
}

/**
 * Which time a page shows, kept in its address. Every change is a step that the browser's own Back takes back.
 *
 * @param fallback what an address without a range means
 */
export function useChartRange(fallback: ChartRange): ChartRangeState {
  const params = useRangeParams();
  const shown = JSON.stringify(renderRange(parseRange(params, fallback)));
  const range = useMemo(() => parseRange(JSON.parse(shown), fallback), [shown, fallback]);
  const trail = useTrail(shown);
  const setRange = useCallback((next: ChartRange) => {
    const href = hrefWith({ ...renderRange(next) });
    if (href !== hrefWith({})) goTo(href);
  }, []);
  const zoom = useCallback((fromMs: number, toMs: number) => setRange(zoomedTo(fromMs, toMs)), [setRange]);
  const hasTrail = trail.length > 0;
  const isFixed = range.kind === 'fixed';
  const back = useCallback(() => {
    if (hasTrail) history.back();
    else if (isFixed) setRange(fallback);
  }, [hasTrail, isFixed, setRange, fallback]);
  return { range, setRange, zoom, back, canGoBack: hasTrail || isFixed };
}

function useRangeParams() {
  const [range] = useUrlParam('range');
  const [from] = useUrlParam('from');
  const [to] = useUrlParam('to');
  return { range, from, to };
}

/** The ranges that were left since the page was opened and not gone back to. */
function useTrail(shown: string): readonly string[] {
  const [{ at, trail }, set] = useState<{ at: string; trail: readonly string[] }>({ at: shown, trail: [] });
  if (at === shown) return trail;
  const next = trailAfter(trail, at, shown);
  set({ at: shown, trail: next });
  return next;
}
