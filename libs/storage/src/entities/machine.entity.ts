import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { AgentFacts } from '../types.ts';

/** A machine, also one that its network file no longer names: its rows stay readable. */
export const MachineEntity = defineEntity({
  name: 'Machine',
  tableName: 'machine',
  properties: {
    machineId: p.integer().primary(),
    network: p.text(),
    name: p.text(),
    stableId: p.text().nullable(),
    netdata: p.text().nullable(),
    host: p.boolean(),
    via: p.text().nullable(),
    labels: p.json<Record<string, string>>(),
    agent: p.json<AgentFacts>().nullable(),
    agentSeenAt: p.datetime().nullable(),
    addedAt: p.datetime(),
    removedAt: p.datetime().nullable(),
  },
});
export type Machine = InferEntity<typeof MachineEntity>;
