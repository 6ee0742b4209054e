import type { Reason } from '#config';
import { asText } from '../../reading/shape.ts';
import type { ProbeResult } from '../monitor.ts';

const LONGEST_DETAIL = 400;

/** What one check found out about its target. */
export interface Finding {
  /** `null`: it is as it should be. */
  readonly reason: Reason | null;
  /** One sentence for people, without secrets. What the other side sent has been through `excerptOf`. */
  readonly detail: string;
  readonly measures: Readonly<Record<string, number>> | null;
}

/** A value on the way to a finding, or the finding that already ends the check. */
export type Found<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly finding: Finding };

export function found<T>(value: T): Found<T> {
  return { ok: true, value };
}

export function fine(detail: string, measures: Finding['measures'] = null): Finding {
  return { reason: null, detail, measures };
}

export function wrong(reason: Reason, detail: string, measures: Finding['measures'] = null): Finding {
  return { reason, detail, measures };
}

/** The check ends with this. */
export function ended(finding: Finding): { readonly ok: false; readonly finding: Finding } {
  return { ok: false, finding };
}

/** A finding as every monitor returns it. */
export function resultOf({ reason, detail, measures }: Finding, latencyMs: number): ProbeResult {
  return {
    reason,
    detail: asText(detail, LONGEST_DETAIL),
    latencyMs: reason === 'unobserved' ? null : latencyMs,
    clockOffsetMs: null,
    values: null,
    fullestMount: null,
    measures,
    facts: null,
  };
}
