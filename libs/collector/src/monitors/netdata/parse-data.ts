import { failure, type Parsed } from '../../reading/answer.types.ts';
import { asEpochSecond, isObject } from '../../reading/shape.ts';
import type { ChartAnswer } from './parse-chart-answer.ts';
import type { Points } from './point-scanner.ts';

/** The seconds asked for, both ends included: a point stamped t covers (t-1, t]. */
export interface AskedWindow {
  readonly after: number;
  readonly before: number;
}

/** The raw points of one chart in one window. */
export interface ChartWindow {
  /** Its dimensions. */
  readonly ids: readonly string[];
  /** How many points there are. */
  readonly rows: number;
  /** Point after point, newest first: its time, then a number for each dimension, NaN where there is none. */
  readonly numbers: Float64Array;
  /** How many points there should be. */
  readonly expected: number;
  /** Seconds between two points. */
  readonly stepSeconds: number;
  /** Whether the last point has come. */
  readonly reachesEnd: boolean;
}

/** Where the dimensions of a point begin in {@link ChartWindow.numbers}. */
export function placeOfPoint({ ids }: Pick<ChartWindow, 'ids'>, row: number): number {
  return row * (ids.length + 1) + 1;
}

/** The numbers of one point, without its time. */
export function numbersOfPoint(window: Pick<ChartWindow, 'ids' | 'numbers'>, row: number): Float64Array {
  const place = placeOfPoint(window, row);
  return window.numbers.subarray(place, place + window.ids.length);
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
export function parseData(answer: ChartAnswer, asked: AskedWindow, agentNow: number | null): Parsed<ChartWindow> {
  const { json, points } = answer;
  if (!isObject(json) || !isObject(json['result'])) return shapeless('it is no jsonwrap answer');
  if (hasCoarserPoints(json['db_points_per_tier'])) return failure('no_data', NO_SECONDS, 404);
  const step = json['view_update_every'];
  if (typeof step !== 'number' || !Number.isInteger(step) || step < 1 || step > MAX_STEP_SECONDS)
    return shapeless('it has no step');
  const echoed = echoedWindow(asked, step);
  if (json['after'] !== echoed.after || json['before'] !== echoed.before) return otherWindow(asked, agentNow);
  const ids = json['dimension_ids'];
  if (!isDimensionIds(ids)) return shapeless('it has no dimension ids');
  // The points that were taken out must have stood there and nowhere else.
  const isTheirPlace = Array.isArray(json['result']['data']) && json['result']['data'].length === 0;
  if (points === null || !isTheirPlace || !areSound(points, ids.length, echoed, step))
    return shapeless('its points are malformed');
  const expected = Math.max(0, Math.floor((echoed.before - echoed.after) / step) + 1);
  const { rows, numbers } = points;
  const reachesEnd = numbers[0] === echoed.before && !numbers.subarray(1, ids.length + 1).every(Number.isNaN);
  return { ok: true, value: { ids, rows, numbers, expected, stepSeconds: step, reachesEnd } };
}

/** It is as good as not there, which an agent that has nothing coarser either says with a 404. */
const NO_SECONDS = 'The agent has averages of that time, but not its seconds.';

/**
 * How many points were read of each tier, the seconds first. A chart of which an agent has no second at all is read of its
 * minutes, although only the seconds were asked for (Netdata 1.37 to 2.11, `query_plan`).
 */
function hasCoarserPoints(pointsPerTier: unknown): boolean {
  return Array.isArray(pointsPerTier) && pointsPerTier.slice(1).some(points => points !== 0);
}

/** Newest first, each step at most once, none outside of the window. */
function areSound({ rows, columns, numbers }: Points, dimensions: number, window: AskedWindow, step: number): boolean {
  if (rows > 0 && columns !== dimensions + 1) return false;
  let previous = window.before + step;
  for (let row = 0; row < rows; row++) {
    const at = asEpochSecond(numbers[row * columns]);
    if (at === undefined || at >= previous || at < window.after || (at - window.after) % step !== 0) return false;
    previous = at;
  }
  return true;
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
