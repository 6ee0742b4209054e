import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useContext, useEffect, useRef } from 'react';
import { liveSourceOf } from '../../api/live-source.ts';
import { tellLiveStatus } from '../../api/live-status.ts';
import { LiveStream, type StreamListener, type StreamStatus } from '../../api/live-stream.ts';
import { liveUrl } from '../../api/live-url.ts';
import { listsKey, sessionQuery } from '../../api/queries.ts';
import type { ServerClock } from '../../api/server-clock.ts';
import { ClockContext } from '../../ui/clock-context.ts';
import { useSession } from '../account/use-session.ts';
import { type LiveBatch, LiveBatcher } from '../list/live-batcher.ts';
import { useRereadSoon } from './use-reread-soon.ts';

/** Scrolling must not open a stream per line. */
const WATCH_SETTLE_MS = 300;

interface StreamOptions {
  readonly network: string;
  /** How many machines there are. */
  readonly total: number;
  /** Whether there should be a connection at all. */
  readonly isOpen: boolean;
  /** Takes what has arrived, at most once a second; always the same function. */
  readonly apply: (batch: LiveBatch) => void;
  readonly setStatus: (status: StreamStatus) => void;
}

/**
 * The live events of a network. With every new connection, and some seconds after a change of state, all that was read
 * below {@link listsKey} is read again, so that nothing is missed in between. What it returns is told which machines are
 * looked at; in a network that is small enough that changes nothing.
 */
export function useNetworkStream({ network, total, isOpen, apply, setStatus }: StreamOptions) {
  const clock = useContext(ClockContext);
  const account = useSession()?.account?.id;
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
    if (!isOpen || account === undefined) return;
    const batcher = new LiveBatcher(apply);
    const listener = listenerOf({ network, clock, queryClient, batcher, rereadSoon, setStatus });
    const opened = new LiveStream(listener, liveSourceOf(account));
    stream.current = opened;
    const forget = whenRead(queryClient, network, () => opened.hurry());
    return () => {
      forget();
      opened.close();
      stream.current = undefined;
      batcher.close();
      setStatus('connecting');
      tellLiveStatus(null);
    };
  }, [isOpen, account, apply, clock, queryClient, rereadSoon, setStatus, network]);

  // After the effect above, so that a new stream is told at once where to go.
  useEffect(follow, [follow, isOpen, account]);
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

interface ListenerParts extends Pick<StreamOptions, 'network' | 'setStatus'> {
  readonly clock: ServerClock;
  readonly queryClient: QueryClient;
  readonly batcher: LiveBatcher;
  readonly rereadSoon: () => void;
}

function listenerOf({ network, clock, queryClient, batcher, rereadSoon, setStatus }: ListenerParts): StreamListener {
  return {
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
    status: status => {
      setStatus(status);
      tellLiveStatus(status);
    },
    refused: () => void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  };
}

/** Whenever something below {@link listsKey} was read: then the server answers. */
function whenRead(queryClient: QueryClient, network: string, act: () => void): () => void {
  const [list, name] = listsKey(network);
  return queryClient.getQueryCache().subscribe(event => {
    const [first, second] = event.query.queryKey as readonly unknown[];
    const isRead = event.type === 'updated' && event.action.type === 'success';
    if (isRead && first === list && second === name) act();
  });
}
