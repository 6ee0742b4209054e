import { useQuery } from '@tanstack/react-query';
import { useCallback, useContext, useEffect, useRef, useState } from 'react';
import { LiveStream, type StreamStatus } from '../../api/live-stream.ts';
import { liveUrl } from '../../api/live-url.ts';
import { machinesQuery } from '../../api/queries.ts';
import { ClockContext } from '../../ui/clock-context.ts';
import { useIsVisible } from '../../ui/use-media.ts';
import { LiveBatcher } from './live-batcher.ts';
import type { MachineStore } from './machine-store.ts';

/** Scrolling must not open a stream per line. */
const WATCH_SETTLE_MS = 300;

/**
 * Keeps the store true: the list first, then the stream, and the list again after every (re)connect, so that nothing
 * is missed in between. A hidden tab holds no connection; browsers allow six per server, and a seventh tab would hang.
 */
export function useLiveMachines(network: string, store: MachineStore) {
  const isVisible = useIsVisible();
  const [status, setStatus] = useState<StreamStatus>('connecting');
  const list = useQuery({ ...machinesQuery(network, status === 'live'), enabled: isVisible });
  const total = list.data?.machines.length ?? 0;

  useEffect(() => {
    if (list.data !== undefined) store.replaceAll(list.data.machines, list.data.requestedAt);
  }, [list.data, store]);

  const watch = useStream({ network, store, total, isOpen: isVisible && total > 0, setStatus, refetch: list.refetch });
  return { list, status, watch };
}

interface StreamOptions {
  readonly network: string;
  readonly store: MachineStore;
  readonly total: number;
  readonly isOpen: boolean;
  readonly setStatus: (status: StreamStatus) => void;
  readonly refetch: () => Promise<unknown>;
}

function useStream({ network, store, total, isOpen, setStatus, refetch }: StreamOptions) {
  const clock = useContext(ClockContext);
  const stream = useRef<LiveStream>(undefined);
  const watched = useRef<readonly string[]>([]);
  const settle = useRef<ReturnType<typeof setTimeout>>(undefined);

  const follow = useCallback(() => {
    const url = liveUrl(network, total, watched.current);
    if (url !== null) stream.current?.follow(url);
  }, [network, total]);

  useEffect(() => {
    if (!isOpen) return;
    const batcher = new LiveBatcher(batch => store.apply(batch));
    stream.current = new LiveStream({
      connected: event => {
        clock.hear(event.at);
        void refetch();
      },
      verdict: event => batcher.verdict(event),
      values: event => {
        clock.hear(event.at);
        batcher.values(event);
      },
      status: setStatus,
    });
    return () => {
      stream.current?.close();
      stream.current = undefined;
      batcher.close();
      setStatus('connecting');
    };
  }, [isOpen, store, clock, refetch, setStatus, network]);

  // After the effect above, so that a new stream is told at once where to go.
  useEffect(follow, [follow, isOpen]);
  useEffect(() => () => clearTimeout(settle.current), []);

  return useCallback(
    (names: readonly string[]) => {
      watched.current = names;
      clearTimeout(settle.current);
      settle.current = setTimeout(follow, WATCH_SETTLE_MS);
    },
    [follow],
  );
}
