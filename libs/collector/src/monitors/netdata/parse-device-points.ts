import { failure, type Parsed } from '../../reading/answer.types.ts';
import { asEpochSecond, isObject } from '../../reading/shape.ts';
import type { DevicePlan } from './device-plan.ts';
import type { ChartAnswer } from './parse-chart-answer.ts';

/** One chart in the points that were asked for. */
export interface DevicePoints {
  /** By dimension a number for each point, oldest first; `null`: there is none. */
  readonly columns: ReadonlyMap<string, readonly (number | null)[]>;
  /** The coarsest tier that was read; 0: only seconds. */
  readonly tier: number;
}

const MAX_DIMENSIONS = 100;

/**
 * Parses `/api/v1/data` with `points=`, `options=seconds,jsonwrap`, the same in Netdata 1.37 and 2.11. The answer must be
 * about just the points that were asked for: an agent that does not have them may answer with others and say nothing.
 */
export function parseDevicePoints({ json, points }: ChartAnswer, plan: DevicePlan): Parsed<DevicePoints> {
  if (!isObject(json) || points === null) return shapeless('it is no jsonwrap answer with points');
  const { after, before, view_update_every: step, dimension_ids: ids } = json;
  if (after !== plan.after || before !== plan.before || step !== plan.stepSeconds)
    return failure('bad_response', 'The agent answered for other points than it was asked for.', 200);
  if (!isDimensionIds(ids)) return shapeless('it has no dimension ids');
  if (points.rows > 0 && points.columns !== ids.length + 1) return shapeless('its points are malformed');
  const columns = ids.map(() => Array.from<number | null>({ length: plan.points }).fill(null));
  for (let row = 0; row < points.rows; row++) {
    const at = row * points.columns;
    const place = placeOf(points.numbers[at], plan);
    if (place === null) return shapeless('its points are not where they should be');
    for (const [dimension, column] of columns.entries()) {
      const value = points.numbers[at + 1 + dimension] ?? Number.NaN;
      column[place] = Number.isNaN(value) ? null : value;
    }
  }
  const byId = new Map(ids.map((id, dimension) => [id, columns[dimension] ?? []]));
  return { ok: true, value: { columns: byId, tier: coarsestTier(json['db_points_per_tier']) } };
}

/** A point is stamped with its end. */
function placeOf(stamp: unknown, { after, before, stepSeconds }: DevicePlan): number | null {
  const end = asEpochSecond(stamp);
  if (end === undefined || end < after || end > before || (end - after + 1) % stepSeconds !== 0) return null;
  return (end - after + 1) / stepSeconds - 1;
}

function coarsestTier(pointsPerTier: unknown): number {
  return Array.isArray(pointsPerTier)
    ? Math.max(
        0,
        pointsPerTier.findLastIndex(read => read !== 0),
      )
    : 0;
}

function isDimensionIds(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= MAX_DIMENSIONS && value.every(id => typeof id === 'string');
}

function shapeless(why: string): Parsed<never> {
  return failure('bad_response', `The answer is not what it should be: ${why}.`, 200);
}
