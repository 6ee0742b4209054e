import { nameProblem, oneOfProblem, REASONS, showValue, type Reason } from '#config';
import { asMeasure, asText, isObject } from '../reading/shape.ts';

const KEYS = ['ok', 'reason', 'detail', 'measures', 'latencyMs'];
const MAX_DETAIL_CHARACTERS = 500;
const MAX_MEASURES = 100;
const DAY_MS = 86_400_000;

/** The result of a check of a plugin, found to be one. */
export interface CheckResult {
  readonly reason: Reason | null;
  readonly detail: string | null;
  readonly measures: Readonly<Record<string, number>> | null;
  /** As the plugin measured it; `null`: it did not. */
  readonly latencyMs: number | null;
}

/** Looks at what a check gave. A text says why it is no result. */
export function readResult(given: unknown): CheckResult | string {
  if (given === undefined || given === null) return 'it gave nothing, not { ok, reason, detail, measures }';
  if (!isObject(given)) return `it gave ${showValue(given)}, not { ok, reason, detail, measures }`;
  const { ok, reason = null, detail = null, measures = null, latencyMs = null } = given;
  const problem =
    problemOfKeys(given) ??
    problemOfReason(ok, reason) ??
    (detail === null || typeof detail === 'string' ? null : `detail: ${showValue(detail)} is no text`) ??
    problemOfMeasures(measures) ??
    problemOfLatency(latencyMs);
  if (problem !== null) return problem;
  return {
    reason: reason as Reason | null,
    detail: asText(detail, MAX_DETAIL_CHARACTERS),
    measures: measures as CheckResult['measures'],
    latencyMs: latencyMs as number | null,
  };
}

function problemOfKeys(given: object): string | null {
  const known = oneOfProblem(KEYS);
  const wrong = Object.keys(given).find(key => known(key) !== null);
  return wrong === undefined ? null : `it gave the key ${known(wrong)}`;
}

function problemOfReason(ok: unknown, reason: unknown): string | null {
  if (ok === true) return reason === null ? null : `ok is true and there is a reason, ${showValue(reason)}`;
  if (ok !== false) return `ok: ${showValue(ok)} is neither true nor false`;
  const problem = oneOfProblem(REASONS)(reason);
  return problem === null ? null : `reason: ${problem}`;
}

function problemOfMeasures(measures: unknown): string | null {
  if (measures === null) return null;
  if (!isObject(measures)) return `measures: ${showValue(measures)} is no mapping of names to numbers`;
  const entries = Object.entries(measures);
  if (entries.length > MAX_MEASURES) return `measures: has more than ${MAX_MEASURES} entries`;
  for (const [name, value] of entries) {
    const nameIsWrong = nameProblem(name);
    if (nameIsWrong !== null) return `measures: ${nameIsWrong}`;
    if (typeof asMeasure(value) !== 'number')
      return `measures.${name}: ${showValue(value)} is no number that can be stored`;
  }
  return null;
}

function problemOfLatency(latencyMs: unknown): string | null {
  if (latencyMs === null) return null;
  const isOne = typeof latencyMs === 'number' && latencyMs >= 0 && latencyMs <= DAY_MS;
  return isOne ? null : `latencyMs: ${showValue(latencyMs)} is no number of milliseconds`;
}
