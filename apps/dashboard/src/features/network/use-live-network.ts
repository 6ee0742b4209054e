import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useContext, useEffect, useRef, useState } from 'react';
import { LiveStream, type StreamStatus } from '../../api/live-stream.ts';
import { liveUrl } from '../../api/live-url.ts';
import { listsKey, machinesQuery, servicesQuery, sessionQuery } from '../../api/queries.ts';
import { ClockContext } from '../../ui/clock-context.ts';
import { useIsVisible } from '../../ui/use-media.ts';
import { LiveBatcher } from '../list/live-batcher.ts';
import { machineRowOf } from '../machines/machine-row.ts';
import { serviceRowOf } from '../services/service-row.ts';
import { applyBatch, type NetworkStores } from './network-stores.ts';
import { useRereadSoon } from './use-reread-soon.ts';
import type { View } from './use-view.ts';

/** Scrolling must not open a stream per line. */
const WATCH_SETTLE_MS = 300;

/**
 * Keeps the stores true: the lists first, then the stream, and the lists again after every (re)connect, so that nothing
 * is missed in between. A hidden tab holds no connection; browsers allow six per server, and a seventh tab would hang.
 */
export function useLiveNetwork(network: string, stores: NetworkStores, view: View) {
  const isVisible = useIsVisible();
  const [status, setStatus] = useState<StreamStatus>('connecting');
  const isLive = status === 'live';
  const machines = useQuery({ ...machinesQuery(network, isLive), enabled: isVisible });
  const services = useQuery({ ...servicesQuery(network, isLive, view === 'services'), enabled: isVisible });

  useEffect(() => {
    if (machines.data === undefined) return;
    stores.machines.replaceAll(machines.data.items.map(machineRowOf), machines.data.requestedAt);
  }, [machines.data, stores]);
  useEffect(() => {
    if (services.data === undefined) return;
    stores.services.replaceAll(services.data.items.map(serviceRowOf), services.data.requestedAt);
  }, [services.data, stores]);

  const total = machines.data?.items.length ?? 0;
  const isOpen = isVisible && total + (services.data?.items.length ?? 0) > 0;
  const watch = useStream({ network, stores, total, isOpen, setStatus });
  return { machines, services, status, watch };
}

interface StreamOptions {
  readonly network: string;
  readonly stores: NetworkStores;
  /** How many machines there are. */
  readonly total: number;
  readonly isOpen: boolean;
  readonly setStatus: (status: StreamStatus) => void;
}

function useStream({ network, stores, total, isOpen, setStatus }: StreamOptions) {
  const clock = useContext(ClockContext);
  const queryClient = useQueryClient();
  const rereadSoon = useRereadSoon(network);
  const stream = useRef<LiveStream>(undefined);
  const watched = useRef<readonly string[]>([]);
  const settle = useRef<ReturnType<typeof setTimeout>>(undefined);

  const follow = useCallback(() => {
    const url = liveUrl(network, total, watched.current);
    if (url !== null) stream.current?.follow(url);
  }, [network, total]);

  useEffect(() => {
    if (!isOpen) return;
    const batcher = new LiveBatcher(batch => applyBatch(stores, batch));
    stream.current = new LiveStream({
      connected: event => {
        clock.hear(event.at);
        void queryClient.invalidateQueries({ queryKey: listsKey(network) });
      },
      verdict: event => {
        batcher.verdict(event);
        rereadSoon();
      },
      values: event => {
        clock.hear(event.at);
        batcher.values(event);
      },
      status: setStatus,
      refused: () => void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
    });
    return () => {
      stream.current?.close();
      stream.current = undefined;
      batcher.close();
      setStatus('connecting');
    };
  }, [isOpen, stores, clock, queryClient, rereadSoon, setStatus, network]);

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
