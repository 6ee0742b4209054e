import { queryOptions } from '@tanstack/react-query';
import { isWorthRetrying } from './api-error.ts';
import type { TimeWords } from './history-client.ts';
import {
  type DeviceName,
  type Gap,
  type MachineName,
  type Newest,
  readDeviceHistory,
  readDevices,
  readGaps,
  readLastChange,
  readMachine,
  readStateChanges,
  readUptime,
  type StateChange,
  type UptimeView,
} from './machine-client.ts';
import { listsKey } from './queries.ts';

/** As often as it is checked: latency, what was found and the clock are told by no stream. */
const TOLD_EVERY_MS = 10_000;
/** Without a stream. */
const FALLBACK_EVERY_MS = 5_000;
/** There is no such machine, or it is for others: that may change, but not by the second. */
const REFUSED_EVERY_MS = 30_000;
/** For a title and an icon. */
const HIDDEN_EVERY_MS = 30_000;
const PAST_EVERY_MS = 60_000;
const DEVICES_EVERY_MS = 3_000;
const KEEP_MS = 15 * 60_000;

interface Watching {
  readonly isStreaming: boolean;
  /** Whether somebody sees the tab. */
  readonly isVisible: boolean;
}

/**
 * What is known of a machine. Also while the tab is hidden: its title and icon go on telling the truth. Kept below the
 * lists of its network, so that a new connection and a change of state have it read again.
 */
export function machineQuery(name: MachineName, { isStreaming, isVisible }: Watching) {
  return queryOptions({
    queryKey: [...listsKey(name.network), 'machine', name.machine],
    queryFn: async ({ signal }) => {
      const requestedAt = performance.now();
      return { requestedAt, machine: await readMachine(name, signal) };
    },
    refetchOnWindowFocus: false,
    refetchIntervalInBackground: true,
    structuralSharing: false,
    refetchInterval: ({ state: { status, error } }) => {
      if (error !== null && !isWorthRetrying(error)) return REFUSED_EVERY_MS;
      if (!isVisible) return HIDDEN_EVERY_MS;
      return isStreaming && status === 'success' ? TOLD_EVERY_MS : FALLBACK_EVERY_MS;
    },
  });
}

/** How a machine was in a range: percentages, changes of state, and when nobody looked. */
export interface AvailabilityAnswer {
  readonly uptime: UptimeView;
  readonly changes: Newest<StateChange>;
  readonly before: StateChange | null;
  readonly gaps: Newest<Gap>;
}

/** Where that is kept of every range, to have it read again. */
export function availabilityKey({ network, machine }: MachineName) {
  return ['availability', network, machine] as const;
}

export function availabilityQuery(name: MachineName, words: TimeWords) {
  const canChange = isOpen(words);
  return queryOptions({
    queryKey: [...availabilityKey(name), words],
    queryFn: ({ signal }) => readAvailability(name, words, signal),
    gcTime: KEEP_MS,
    staleTime: canChange ? TOLD_EVERY_MS : KEEP_MS,
    refetchInterval: canChange ? PAST_EVERY_MS : false,
  });
}

async function readAvailability(name: MachineName, words: TimeWords, signal: AbortSignal): Promise<AvailabilityAnswer> {
  const uptime = await readUptime(name, words, signal);
  // The ends as the server understood them, so that all answers are about the same time.
  const range = { from: uptime.from, to: uptime.to };
  const [changes, before, gaps] = await Promise.all([
    readStateChanges(name, range, signal),
    readLastChange(name, range.from, signal),
    readGaps(name, range, signal),
  ]);
  return { uptime, changes, before, gaps };
}

/** Mounts and interfaces as they are now, again and again while somebody looks. */
export function devicesQuery(name: MachineName) {
  return queryOptions({
    queryKey: ['devices', name.network, name.machine],
    queryFn: ({ signal }) => readDevices(name, signal),
    refetchInterval: DEVICES_EVERY_MS,
  });
}

/** One of them over time. */
export function deviceHistoryQuery(name: MachineName, device: DeviceName, words: TimeWords) {
  return queryOptions({
    queryKey: ['device-history', name.network, name.machine, device, words],
    queryFn: ({ signal }) => readDeviceHistory(name, device, words, signal),
    gcTime: KEEP_MS,
    staleTime: TOLD_EVERY_MS,
    structuralSharing: false,
    refetchInterval: isOpen(words) ? PAST_EVERY_MS : false,
  });
}

/** Whether a range ends now, so that there will be more of it. */
function isOpen({ to }: TimeWords): boolean {
  return to === undefined || !(Date.parse(to) < Date.now());
}
