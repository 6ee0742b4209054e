import { answerOf } from './answer-of.ts';
import { ApiError } from './api-error.ts';
import { api } from './rest.ts';
import type { components } from './schema.d.ts';

export type Info = components['schemas']['Info'];
export type Machine = components['schemas']['Machine'];
export type MetricValues = NonNullable<NonNullable<Machine['latest']>['values']>;
export type VerdictState = Machine['verdict']['state'];
export type MachineCheck = Machine['checks'][number];
export type Service = components['schemas']['Service'];
export type Network = components['schemas']['NetworkList']['items'][number];
export type StateCounts = components['schemas']['StateCounts'];

/** A list that a well-behaved server would never reach: beyond it the cursor is going in circles. */
const MAX_PAGES = 200;
const PAGE_SIZE = 200;

/** What this distomon is, and whether it has something to say to whoever looks. */
export function readInfo(signal: AbortSignal): Promise<Info> {
  return answerOf(api.GET('/api/v1/info', { signal }));
}

/** Whether anybody answers at all. */
export async function isServerThere(signal: AbortSignal): Promise<boolean> {
  try {
    await readInfo(signal);
    return true;
  } catch {
    return false;
  }
}

/** Every network, with how many of its machines and services are in which state. */
export async function readNetworks(signal: AbortSignal): Promise<Network[]> {
  const { items } = await answerOf(api.GET('/api/v1/networks', { signal }));
  return items;
}

/** Every machine of a network, page after page. */
export function readMachines(network: string, signal: AbortSignal): Promise<Machine[]> {
  return allPages(cursor =>
    answerOf(
      api.GET('/api/v1/networks/{network}/machines', {
        signal,
        params: { path: { network }, query: pageQuery(cursor) },
      }),
    ),
  );
}

/** Every service of a network, page after page. */
export function readServices(network: string, signal: AbortSignal): Promise<Service[]> {
  return allPages(cursor =>
    answerOf(
      api.GET('/api/v1/networks/{network}/services', {
        signal,
        params: { path: { network }, query: pageQuery(cursor) },
      }),
    ),
  );
}

function pageQuery(cursor: string | null): { limit: number; cursor?: string } {
  return cursor === null ? { limit: PAGE_SIZE } : { limit: PAGE_SIZE, cursor };
}

/** Every entry of a list, page after page. */
export async function allPages<T>(
  readPage: (cursor: string | null) => Promise<{ items: T[]; next: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await readPage(cursor);
    items.push(...answer.items);
    cursor = answer.next;
    if (cursor === null) return items;
  }
  throw new ApiError('endless_list', null, null);
}
