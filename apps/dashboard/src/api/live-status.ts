import { useSyncExternalStore } from 'react';
import type { StreamStatus } from './live-stream.ts';

let told: StreamStatus | null = null;
const listeners = new Set<() => void>();

/** Says how the stream of this page is, for whoever shows it. `null`: the page has none (any more). */
export function tellLiveStatus(status: StreamStatus | null): void {
  told = status;
  for (const listener of listeners) listener();
}

/** How the stream of this page is; `null`: it has none. */
export function useLiveStatus(): StreamStatus | null {
  return useSyncExternalStore(subscribe, () => told);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
