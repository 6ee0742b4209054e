import type { MetricName } from '#config';
import type { SecondsRange } from '../monitor.ts';
import type { SecondColumn } from '../seconds-reading.ts';
import { FORMULAS } from './formulas.ts';
import { numbersOfPoint, placeOfPoint, type AskedWindow, type ChartWindow } from './parse-data.ts';
import type { ChartWindows } from './read-window.ts';

/** A point can be read a second later, and the agent's clock is told in whole seconds. */
const LAG_SECONDS = 2;
/** Charts have their points at multiples of their step: of 1, 2, 5 or 10 s these are multiples too. */
const ROUND_SECONDS = 10;

/** Which seconds are wanted, and which are asked for to have them. As Netdata counts them, both ends included. */
export interface SecondsPlan {
  readonly wanted: AskedWindow;
  readonly asked: AskedWindow;
}

/**
 * A point is about the seconds of a whole step, so that those around the wanted ones are asked for too: between two multiples of
 * the steps no second is without its point.
 *
 * @param agentNow epoch seconds in the agent's clock; what it cannot have yet is not asked for, because it would answer for
 *   another time
 * @returns `null`: it can have none of them yet
 */
export function decideSeconds({ from, to }: SecondsRange, agentNow: number): SecondsPlan | null {
  const [start, end] = [from, to].map(at => Math.floor(at.getTime() / 1000)) as [number, number];
  const newest = Math.floor(agentNow) - LAG_SECONDS;
  const before = Math.min(end, newest);
  if (before <= start) return null;
  // An agent is never asked for less than a step.
  const earliest = Math.min(roundDown(start), roundDown(before) - ROUND_SECONDS);
  return {
    wanted: { after: start + 1, before },
    asked: { after: earliest + 1, before: Math.min(roundDown(before - 1) + ROUND_SECONDS, newest) },
  };
}

function roundDown(second: number): number {
  return Math.floor(second / ROUND_SECONDS) * ROUND_SECONDS;
}

/** A metric derived in each of the wanted seconds; `null`: no chart plays its part. */
export function secondsOfMetric(metric: MetricName, charts: ChartWindows, wanted: AskedWindow): SecondColumn | null {
  const { role, over } = FORMULAS[metric];
  const chart = charts[role];
  if (chart === undefined) return null;
  const derive = over(chart.ids);
  return secondsOfChart(chart, row => derive(chart.numbers, placeOfPoint(chart, row)), wanted);
}

/** Each point stands at the seconds of its step, and no further: what the agent missed stays `null`. */
function secondsOfChart(chart: ChartWindow, valueOf: (row: number) => number, wanted: AskedWindow): SecondColumn {
  const column = Array.from<number | null>({ length: wanted.before - wanted.after + 1 }).fill(null);
  for (let row = 0; row < chart.rows; row++) {
    const value = valueOf(row);
    if (Number.isNaN(value)) continue;
    const stamp = chart.numbers[row * (chart.ids.length + 1)] ?? Number.NaN;
    const [first, last] = [Math.max(stamp - chart.stepSeconds + 1, wanted.after), Math.min(stamp, wanted.before)];
    if (first <= last) column.fill(value, first - wanted.after, last - wanted.after + 1);
  }
  return column;
}

/** The largest number of a chart, whatever its sign; `null`: it has none. */
export function furthestFromZero(chart: ChartWindow): number | null {
  let furthest: number | null = null;
  for (let row = 0; row < chart.rows; row++)
    for (const number of numbersOfPoint(chart, row))
      if (!Number.isNaN(number)) furthest = Math.max(furthest ?? 0, Math.abs(number));
  return furthest;
}
