import { failure, type Parsed } from '../../reading/answer.types.ts';
import { asEpochSecond, asMeasure, isObject } from '../../reading/shape.ts';
import type { Sample } from './formulas.ts';

/** The seconds asked for, both ends included: a point stamped t covers (t-1, t]. */
export interface AskedWindow {
  readonly after: number;
  readonly before: number;
}

/** The raw points of one chart in one window. */
export interface ChartWindow {
  readonly samples: readonly Sample[];
  /** How many points there should be. */
  readonly expected: number;
  /** Seconds between two points. */
  readonly stepSeconds: number;
}

const MAX_STEP_SECONDS = 3600;
const MAX_DIMENSIONS = 1000;

/**
 * The window an honest agent answers with: as asked where it has a point each second, else cut to its own steps
 * (measured on 1.37.1 with steps of 1, 2 and 5 s: the first is the step that follows `after`, even when `after` is one).
 */
export function echoedWindow(asked: AskedWindow, step: number): AskedWindow {
  if (step === 1) return asked;
  return { after: (Math.floor(asked.after / step) + 1) * step, before: Math.floor(asked.before / step) * step };
}

/**
 * Parses `/api/v1/data` with `options=seconds,jsonwrap`, the same in Netdata 1.37 and 2.11 as far as it is used. The
 * answer's own window must be the one asked for: an agent whose clock is behind answers with another one and says
 * nothing.
 *
 * @param agentNow epoch seconds in the agent's clock, to name that case.
 */
export function parseData(json: unknown, asked: AskedWindow, agentNow: number | null): Parsed<ChartWindow> {
  if (!isObject(json) || !isObject(json['result'])) return shapeless('it is no jsonwrap answer');
  const step = json['view_update_every'];
  if (typeof step !== 'number' || !Number.isInteger(step) || step < 1 || step > MAX_STEP_SECONDS)
    return shapeless('it has no step');
  const echoed = echoedWindow(asked, step);
  if (json['after'] !== echoed.after || json['before'] !== echoed.before) return otherWindow(asked, agentNow);
  const ids = json['dimension_ids'];
  if (!isDimensionIds(ids)) return shapeless('it has no dimension ids');
  const samples = parseRows(json['result']['data'], ids, echoed, step);
  const expected = Math.max(0, Math.floor((echoed.before - echoed.after) / step) + 1);
  return samples === null
    ? shapeless('its points are malformed')
    : { ok: true, value: { samples, expected, stepSeconds: step } };
}

function parseRows(rows: unknown, ids: readonly string[], window: AskedWindow, step: number): Sample[] | null {
  if (!Array.isArray(rows)) return null;
  const samples: Sample[] = [];
  let previous = window.before + step;
  for (const row of rows as unknown[]) {
    if (!Array.isArray(row) || row.length !== ids.length + 1) return null;
    const [time, ...cells] = row as unknown[];
    const at = asEpochSecond(time);
    // Newest first, each step at most once, none outside of the window.
    if (at === undefined || at >= previous || at < window.after || (at - window.after) % step !== 0) return null;
    previous = at;
    const values = cells.map(asMeasure);
    if (!values.every(value => value !== undefined)) return null;
    samples.push({ ids, values });
  }
  return samples;
}

function isDimensionIds(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MAX_DIMENSIONS &&
    value.every(id => typeof id === 'string') &&
    new Set(value).size === value.length
  );
}

function otherWindow(asked: AskedWindow, agentNow: number | null): Parsed<never> {
  return agentNow !== null && agentNow <= asked.before + 1
    ? failure('no_data', "The agent's clock has not reached the window's end.", 200)
    : failure('bad_response', 'The agent answered for another window than it was asked for.', 200);
}

function shapeless(why: string): Parsed<never> {
  return failure('bad_response', `The answer is not what it should be: ${why}.`, 200);
}
