import type { QueueBackend } from '#jobs';
import { closeQueuePool, createQueuePool } from '#storage';

/** What `openQueues` takes, and how to end what it leaves to its caller. */
export function backendOf(
  kind: QueueBackend['kind'],
  url: string,
): { backend: QueueBackend; end: () => Promise<void> } {
  if (kind === 'redis') return { backend: { kind, url }, end: async () => {} };
  const pool = createQueuePool(url);
  return { backend: { kind, pool }, end: () => closeQueuePool(pool) };
}
