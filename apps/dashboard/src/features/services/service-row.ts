import type { Service } from '../../api/client.ts';
import { NEVER_TOLD, type StateRow } from '../list/state-row.ts';

/** What one line of the services shows. */
export interface ServiceRow extends StateRow, Pick<Service, 'kind' | 'target' | 'intervalMs' | 'uptime' | 'latency'> {
  /** Of the last check, in ms; `null`: none was measured. */
  readonly latencyMs: number | null;
  /** What else the last check measured, by name. */
  readonly measures: Readonly<Record<string, number>>;
  /** When it was last checked, in the server's clock, in ms of the Unix epoch. */
  readonly checkedAt: number | null;
}

/** A time that an uptime is of. */
export type Period = keyof NonNullable<Service['uptime']>;

/** A line as the list of services describes it. */
export function serviceRowOf(service: Service): ServiceRow {
  const { name, kind, target, intervalMs, uptime, latency, verdict, latest } = service;
  return {
    name,
    kind,
    target,
    intervalMs,
    uptime,
    latency,
    state: verdict.state,
    reason: verdict.reason,
    since: verdict.since,
    detail: latest?.detail ?? null,
    latencyMs: latest?.latencyMs ?? null,
    measures: latest?.measures ?? {},
    checkedAt: latest === null ? null : Date.parse(latest.observedAt),
    stateToldAt: NEVER_TOLD,
  };
}

/** What is checked, in a line. A URL says by itself of which kind it is. */
export function targetOf({ kind, target }: Pick<ServiceRow, 'kind' | 'target'>): string {
  if (target === null) return kind;
  return target.includes('://') ? target : `${kind} ${target}`;
}
