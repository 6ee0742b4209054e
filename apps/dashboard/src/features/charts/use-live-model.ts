import { useMemo, useSyncExternalStore } from 'react';
import type { ChartModel } from './chart-model.ts';
import type { SeriesWish } from './history-model.ts';
import type { LiveBuffer } from './live-buffer.ts';
import { liveModel } from './live-model.ts';

/** The last minutes as a chart, anew with every second. `wishes` should be the same array each time. */
export function useLiveModel(buffer: LiveBuffer, wishes: readonly SeriesWish[], spanMs?: number): ChartModel {
  const version = useSyncExternalStore(buffer.subscribe, buffer.version);
  // The buffer changes in place; its version says so.
  return useMemo(() => liveModel(buffer, wishes, spanMs), [buffer, wishes, spanMs, version]);
}
