import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { AgentFacts, MachineKind } from '../types.ts';

/** A machine, also one that its network file no longer names: its rows stay readable. */
export const MachineEntity = defineEntity({
  name: 'Machine',
  tableName: 'machine',
  properties: {
    machineId: p.integer().primary(),
    network: p.text(),
    kind: p.text().$type<MachineKind>(),
    name: p.text(),
    stableId: p.text().nullable(),
    netdata: p.text().nullable(),
    host: p.boolean(),
    via: p.text().nullable(),
    address: p.text().nullable(),
    auth: p.text().nullable(),
    timeoutMs: p.integer().nullable(),
    charts: p.json<string[]>(),
    labels: p.json<Record<string, string>>(),
    agent: p.json<AgentFacts>().nullable(),
    agentSeenAt: p.datetime().nullable(),
    addedAt: p.datetime(),
    removedAt: p.datetime().nullable(),
  },
});
export type Machine = InferEntity<typeof MachineEntity>;
