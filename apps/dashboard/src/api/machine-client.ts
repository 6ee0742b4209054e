import { answerOf } from './answer-of.ts';
import type { Machine } from './client.ts';
import type { TimeWords } from './history-client.ts';
import { api } from './rest.ts';
import type { components } from './schema.d.ts';

export type UptimeView = components['schemas']['UptimeView'];
export type Gap = components['schemas']['Gap'];
export type StateChange = components['schemas']['StateChange'];
export type Devices = components['schemas']['Devices'];
export type Mount = components['schemas']['MountView'];
export type Interface = components['schemas']['InterfaceView'];
export type DeviceHistory = components['schemas']['DeviceHistory'];

/** Which machine of which network. */
export interface MachineName {
  readonly network: string;
  readonly machine: string;
}

/** One mount or one network interface. */
export type DeviceName = { readonly mount: string } | { readonly interface: string };

/** Pages are long; whoever flaps more than this is drawn from here on only. */
const MAX_PAGES = 3;
const PAGE_SIZE = 1_000;

/** What is known of one machine now. */
export function readMachine({ network, machine }: MachineName, signal: AbortSignal): Promise<Machine> {
  const params = { path: { network, machine } };
  return answerOf(api.GET('/api/v1/networks/{network}/machines/{machine}', { signal, params }));
}

/** How much of a range it was up, counted from the checks. */
export function readUptime(
  { network, machine }: MachineName,
  words: TimeWords,
  signal: AbortSignal,
): Promise<UptimeView> {
  const params = { path: { network, machine }, query: words };
  return answerOf(api.GET('/api/v1/networks/{network}/machines/{machine}/uptime', { signal, params }));
}

/** The newest first; `isWhole` is false when there were more than can sensibly be drawn. */
export interface Newest<T> {
  readonly items: readonly T[];
  readonly isWhole: boolean;
}

/** Windows of a range that could not be read, and why. */
export function readGaps(
  { network, machine }: MachineName,
  words: TimeWords,
  signal: AbortSignal,
): Promise<Newest<Gap>> {
  return newest(cursor => {
    const params = { path: { network, machine }, query: { ...words, ...pageQuery(cursor) } };
    return answerOf(api.GET('/api/v1/networks/{network}/machines/{machine}/gaps', { signal, params }));
  });
}

/** Changes of the machine's state in a range. */
export function readStateChanges(
  { network, machine }: MachineName,
  words: TimeWords,
  signal: AbortSignal,
): Promise<Newest<StateChange>> {
  return newest(cursor => {
    const params = { path: { network }, query: { ...words, ...pageQuery(cursor), machine, kind: 'machine' } } as const;
    return answerOf(api.GET('/api/v1/networks/{network}/events', { signal, params }));
  });
}

/** The last change of its state before a moment; `null`: there was none, or it is not kept any more. */
export async function readLastChange(
  { network, machine }: MachineName,
  to: string,
  signal: AbortSignal,
): Promise<StateChange | null> {
  const params = { path: { network }, query: { to, limit: 1, machine, kind: 'machine' } } as const;
  const { items } = await answerOf(api.GET('/api/v1/networks/{network}/events', { signal, params }));
  return items[0] ?? null;
}

/** The mounts and interfaces that a machine has now, with what is on them. */
export function readDevices({ network, machine }: MachineName, signal: AbortSignal): Promise<Devices> {
  const params = { path: { network, machine } };
  return answerOf(api.GET('/api/v1/networks/{network}/machines/{machine}/devices', { signal, params }));
}

/** What the agent itself remembers of one of them. */
export function readDeviceHistory(
  { network, machine }: MachineName,
  device: DeviceName,
  words: TimeWords,
  signal: AbortSignal,
): Promise<DeviceHistory> {
  const params = { path: { network, machine }, query: { ...words, ...device } };
  return answerOf(api.GET('/api/v1/networks/{network}/machines/{machine}/devices/history', { signal, params }));
}

function pageQuery(cursor: string | null): { limit: number; cursor?: string } {
  return cursor === null ? { limit: PAGE_SIZE } : { limit: PAGE_SIZE, cursor };
}

async function newest<T>(
  readPage: (cursor: string | null) => Promise<{ items: T[]; next: string | null }>,
): Promise<Newest<T>> {
  const items: T[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await readPage(cursor);
    items.push(...answer.items);
    cursor = answer.next;
    if (cursor === null) return { items, isWhole: true };
  }
  return { items, isWhole: false };
}
