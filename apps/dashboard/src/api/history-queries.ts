import { type Query, queryOptions } from '@tanstack/react-query';
import { isWorthRetrying } from './api-error.ts';
import {
  type History,
  type MachineWish,
  type MetricHistory,
  type MetricWish,
  readMachineHistory,
  readMetricHistory,
  type TimeWords,
} from './history-client.ts';
import { stepMsOf } from './step.ts';

/** How often the last point of a range that ends now can have changed, whatever the point is about. */
const SLOWEST_MS = 600_000;
const FASTEST_MS = 10_000;
/** A row is there some seconds after its window has closed. */
const ROW_AFTER_MS = 15_000;
/** A server that did not answer may do so again. */
const RETRY_EVERY_MS = 5_000;
/** A range is often looked at again: zoomed into, and back. */
const KEEP_MS = 15 * 60_000;

/** What was measured of one machine: one request for all charts of a page. */
export function machineHistoryQuery(wish: MachineWish) {
  const { network, machine, words, metrics } = wish;
  return queryOptions({
    queryKey: ['history', network, machine, words, metrics ?? 'all'],
    queryFn: ({ signal }) => readMachineHistory(wish, signal),
    ...paceOf<History>(words),
  });
}

/** One metric of every machine of a network. */
export function metricHistoryQuery(wish: MetricWish) {
  const { network, metric, words, parts } = wish;
  return queryOptions({
    queryKey: ['metric-history', network, metric, words, parts ?? 'avg'],
    queryFn: ({ signal }) => readMetricHistory(wish, signal),
    ...paceOf<MetricHistory>(words),
  });
}

/** A range that is over is read once; one that ends now, whenever there can be another point. */
function paceOf<T extends { readonly resolution: string }>(words: TimeWords) {
  const isOpen = words.to === undefined || !(Date.parse(words.to) < Date.now());
  return {
    gcTime: KEEP_MS,
    staleTime: isOpen ? FASTEST_MS : KEEP_MS,
    refetchOnWindowFocus: isOpen,
    // Each answer is new from end to end; comparing it deeply with the last one would be work for nothing.
    structuralSharing: false,
    refetchInterval: ({ state }: Query<T>) => untilNextReadMs(state, isOpen),
  } as const;
}

/** What is known of an answer. */
interface ReadState {
  readonly data: { readonly resolution: string } | undefined;
  readonly error: Error | null;
}

/** How long to wait before a history is read again; `false`: there is no reason to. */
export function untilNextReadMs({ data, error }: ReadState, isOpen: boolean): number | false {
  if (error !== null && isWorthRetrying(error)) return RETRY_EVERY_MS;
  return isOpen && data !== undefined && untilNextPointMs(stepMsOf(data.resolution), Date.now());
}

/** How long it takes until there is another point: rows stand at the ends of their windows, seconds at any time. */
export function untilNextPointMs(stepMs: number, now: number): number {
  const everyMs = Math.min(SLOWEST_MS, Math.max(FASTEST_MS, stepMs));
  if (everyMs <= FASTEST_MS) return everyMs;
  return Math.max(FASTEST_MS, everyMs - ((now - ROW_AFTER_MS) % everyMs));
}
