import type { MetricUnit } from '../../api/history-client.ts';
import { numberFormat } from '../../messages/intl.ts';
import { formatBytes, formatDuration, formatLatency, formatLoad, formatPercent, formatRate } from '../../ui/format.ts';

/** What the values of a chart are. */
export type ChartUnit = MetricUnit | 'milliseconds';

interface UnitLook {
  readonly format: (value: number) => string;
  /** Steps between two lines of the grid. */
  readonly steps: readonly number[];
}

const percentDigits = numberFormat({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
/** An axis of percents goes up to this at least: less is nothing. */
const LEAST_PERCENT = 5;
const ROOM = 1.08;

const LOOKS: Readonly<Record<ChartUnit, UnitLook>> = {
  percent: { format: shownPercent, steps: [0.5, 1, 2, 5, 10, 20, 25, 50, 100, 200] },
  bytes: { format: signed(formatBytes), steps: powersOf(2, 0, 60) },
  bytes_per_second: { format: signed(formatRate), steps: decimalSteps(0, 15) },
  load: { format: signed(formatLoad), steps: decimalSteps(-2, 5) },
  seconds: {
    format: value => formatDuration(value, 2),
    steps: [1, 5, 10, 30, 60, 300, 600, 1_800, 3_600, 10_800, 21_600, 43_200, ...decimalSteps(0, 6).map(daysOf)],
  },
  milliseconds: { format: formatLatency, steps: decimalSteps(0, 6) },
};

/** A value with its unit, as short as it can be said. */
export function formatValue(unit: ChartUnit, value: number): string {
  return LOOKS[unit].format(value);
}

/** A value, or that there is none. */
export function formatOr(unit: ChartUnit, value: number | null | undefined, none: string): string {
  return value == null ? none : formatValue(unit, value);
}

/** The lower end of a span, without its unit where the upper end names the same one: the "10" of "10–22 %". */
export function formatLower(unit: ChartUnit, min: number, max: number): string {
  const low = formatValue(unit, min);
  const [number = low, ...named] = low.split('\u00a0');
  return named.length === 1 && formatValue(unit, max).endsWith(`\u00a0${named[0]}`) ? number : low;
}

/** Steps between two lines of the grid, whose labels are round in this unit. */
export function gridSteps(unit: ChartUnit): readonly number[] {
  return LOOKS[unit].steps;
}

/**
 * From where to where the axis of values goes: it begins at zero, so that a small change looks small.
 *
 * @param top the axis always goes up to it
 */
export function valueRange(unit: ChartUnit, min: number, max: number, top = 0): [min: number, max: number] {
  const low = min < 0 ? min * ROOM : 0;
  if (max <= top && top > 0) return [low, top];
  if (unit === 'percent') return [low, max <= 100 ? Math.min(100, Math.max(LEAST_PERCENT, max * ROOM)) : max * ROOM];
  return [low, max > 0 ? max * ROOM : low < 0 ? 0 : 1];
}

function shownPercent(value: number): string {
  return Math.abs(value) < 9.95 && value !== 0 ? `${percentDigits().format(value)}\u00a0%` : formatPercent(value);
}

/** Agents say what goes out as less than nothing. */
function signed(format: (value: number) => string): (value: number) => string {
  return value => (value < 0 ? `−${format(-value)}` : format(value));
}

function powersOf(base: number, from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => base ** (from + index));
}

function decimalSteps(from: number, to: number): number[] {
  return powersOf(10, from, to).flatMap(power => [power, 2 * power, 5 * power]);
}

function daysOf(count: number): number {
  return count * 86_400;
}
