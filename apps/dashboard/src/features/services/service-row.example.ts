import type { Service, VerdictState } from '../../api/client.ts';
import { NEVER_TOLD } from '../list/state-row.ts';
import type { ServiceRow } from './service-row.ts';

/** Examples for specs: a healthy service, changed where a case needs it. */
export function aServiceRow(change: Partial<ServiceRow> = {}): ServiceRow {
  return {
    name: 'shop',
    kind: 'http',
    target: 'https://shop.example/health',
    state: 'up',
    reason: null,
    since: '2026-11-20T10:00:00.000Z',
    detail: null,
    uptime: { day: 100, week: 100, month: 100 },
    latency: null,
    latencyMs: null,
    intervalMs: 10_000,
    measures: {},
    checkedAt: null,
    stateToldAt: NEVER_TOLD,
    ...change,
  };
}

export function aService(name: string, state: VerdictState = 'up'): Service {
  return {
    network: 'acme',
    name,
    kind: 'http',
    target: 'https://shop.example/health',
    intervalMs: 10_000,
    verdict: { state, reason: null, since: '2026-11-20T09:00:00.000Z' },
    latest: {
      observedAt: '2026-11-20T10:00:00.000Z',
      reachable: true,
      reason: null,
      detail: '200 in 12 ms',
      latencyMs: 12,
      misses: 0,
      since: '2026-11-20T09:00:00.000Z',
      measures: { status: 200 },
    },
    uptime: { day: 100, week: 99.9884, month: null },
    latency: { avg: 14, min: 9, max: 240 },
  };
}
