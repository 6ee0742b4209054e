import { defineEntity, p } from '@mikro-orm/postgresql';
import type { MetricValues, Reason } from '#config';

/** The last observation of a machine by one monitor and one observer. */
export const LatestEntity = defineEntity({
  name: 'Latest',
  tableName: 'latest',
  properties: {
    machineId: p.integer().primary(),
    monitor: p.text().primary(),
    observer: p.text().primary(),
    dueAt: p.datetime(),
    observedAt: p.datetime(),
    reason: p.text().$type<Reason>().nullable(),
    latencyMs: p.double().$type<number>().nullable(),
    clockOffsetMs: p.double().$type<number>().nullable(),
    metricValues: p.json<MetricValues>().nullable(),
    valuesAt: p.datetime().nullable(),
    fullestMount: p.text().nullable(),
    detail: p.text().nullable(),
    measures: p.json<Record<string, number>>().nullable(),
    misses: p.integer(),
    since: p.datetime(),
  },
});

/** What the probes of one window saw: the source of uptime and latency over time. */
export const CheckWindowEntity = defineEntity({
  name: 'CheckWindow',
  tableName: 'check_window',
  properties: {
    machineId: p.integer().primary(),
    windowStart: p.datetime().primary(),
    monitor: p.text().primary(),
    observer: p.text().primary(),
    probes: p.integer(),
    failures: p.integer(),
    reasons: p.json<Partial<Record<Reason, number>>>(),
    latencyCount: p.integer(),
    latencySumMs: p.double().$type<number>(),
    latencyMinMs: p.double().$type<number>().nullable(),
    latencyMaxMs: p.double().$type<number>().nullable(),
  },
});
