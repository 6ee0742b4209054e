import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { Reason } from '#config';
import type { OutboxEntry, VerdictState } from '../types.ts';

/** What the network holds about a machine now. */
export const VerdictEntity = defineEntity({
  name: 'Verdict',
  tableName: 'verdict',
  properties: {
    machineId: p.integer().primary(),
    state: p.text().$type<VerdictState>(),
    reason: p.text().$type<Reason>().nullable(),
    since: p.datetime(),
  },
});

/** One change of a verdict. */
export const VerdictTransitionEntity = defineEntity({
  name: 'VerdictTransition',
  tableName: 'verdict_transition',
  properties: {
    transitionId: p.bigint('number').primary(),
    machineId: p.integer(),
    fromState: p.text().$type<VerdictState>().nullable(),
    toState: p.text().$type<VerdictState>(),
    reason: p.text().$type<Reason>().nullable(),
    because: p.text(),
    at: p.datetime(),
  },
});

/** A change that somebody has to be told about, written in the transaction of the change. */
export const OutboxEntity = defineEntity({
  name: 'Outbox',
  tableName: 'outbox',
  properties: {
    sequence: p.bigint('number').primary(),
    network: p.text(),
    topic: p.text().$type<OutboxEntry['topic']>(),
    machineId: p.integer(),
    machine: p.text(),
    fromState: p.text().$type<VerdictState>().nullable(),
    toState: p.text().$type<VerdictState>(),
    reason: p.text().$type<Reason>().nullable(),
    because: p.text(),
    at: p.datetime(),
    handledAt: p.datetime().nullable(),
  },
});
export type OutboxRow = InferEntity<typeof OutboxEntity>;
