import { defineEntity, p } from '@mikro-orm/postgresql';
import type { HostSample } from '../types.ts';

/** Some consecutive seconds of a host as its own process sampled them. */
export const HostChunkEntity = defineEntity({
  name: 'HostChunk',
  tableName: 'host_chunk',
  properties: {
    machineId: p.integer().primary(),
    startAt: p.datetime().primary(),
    samples: p.json<(HostSample | null)[]>(),
  },
});
