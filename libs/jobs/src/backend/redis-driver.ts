import { createRedisBackend } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import { withDeadline } from '../deadline.ts';
import type { JobLog } from '../job-log.ts';
import { discreet } from './discreet.ts';
import { OutageLog } from './outage-log.ts';
import type { BackendDriver } from './queue-backend.ts';

const MAX_RECONNECT_PAUSE_MS = 1_000;
const READY_TIMEOUT_MS = 5_000;
const CLOSE_TIMEOUT_MS = 1_000;

const COMMON = {
  keepAlive: 10_000,
  connectTimeout: 5_000,
  retryStrategy: (times: number) => Math.min(times * 100, MAX_RECONNECT_PAUSE_MS),
} satisfies RedisOptions;

/** Who publishes wants to know at once that Redis is away. */
const PUBLISHING = { ...COMMON, enableOfflineQueue: false, maxRetriesPerRequest: 1 } satisfies RedisOptions;

/** Who works waits for Redis for as long as it takes. */
const WORKING = { ...COMMON, maxRetriesPerRequest: null } satisfies RedisOptions;

/**
 * Connects to Redis.
 *
 * @throws the last connection error, when Redis does not get ready in time. Nothing is left open then.
 */
export async function openRedisDriver(url: string, log: JobLog): Promise<BackendDriver> {
  const outages = new OutageLog('redis', log);
  const connect = (options: typeof PUBLISHING | typeof WORKING): Redis =>
    discreet(new Redis(url, options))
      .on('error', error => outages.failed(error))
      .on('ready', () => outages.recovered());
  const publishing = connect(PUBLISHING);
  await untilReady(publishing);
  let working: Redis | undefined;
  return {
    factory: (name, options, use) => {
      const connection = use?.withBlockingConnection === true ? (working ??= connect(WORKING)) : publishing;
      return createRedisBackend(name, { ...options, connection }, use);
    },
    ping: async () => void (await publishing.ping()),
    close: async () => void (await Promise.all([publishing, working].map(quit))),
  };
}

async function untilReady(client: Redis): Promise<void> {
  let lastError: unknown;
  client.on('error', error => (lastError = error));
  try {
    await withDeadline(new Promise(resolve => client.once('ready', resolve)), READY_TIMEOUT_MS);
  } catch (error) {
    client.disconnect();
    throw lastError ?? error;
  }
}

/** Lets what was sent be answered first, if there is somebody who answers. */
async function quit(client: Redis | undefined): Promise<void> {
  if (client === undefined) return;
  if (client.status === 'ready') await withDeadline(client.quit(), CLOSE_TIMEOUT_MS).catch(() => {});
  client.disconnect();
}
