import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { WindowTask } from '../types.ts';

/** One shard of one window: planned, queued, read and finished here, whatever happens to the queue. */
export const WindowTaskEntity = defineEntity({
  name: 'WindowTask',
  tableName: 'window_task',
  properties: {
    network: p.text().primary(),
    windowStart: p.datetime().primary(),
    shard: p.integer().primary(),
    via: p.text().nullable(),
    machineIds: p.json<number[]>(),
    state: p.text().$type<WindowTask['state']>(),
    attempt: p.integer(),
    notBefore: p.datetime().nullable(),
    queuedAt: p.datetime().nullable(),
    worker: p.text().nullable(),
    leaseUntil: p.datetime().nullable(),
    finishedAt: p.datetime().nullable(),
  },
});
export type WindowTaskRow = InferEntity<typeof WindowTaskEntity>;
