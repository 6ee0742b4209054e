import { dateFormat } from '../../messages/intl.ts';
import type { ChartModel } from './chart-model.ts';

/** Seconds count in what is shorter. */
const SHORT_MS = 10 * 60_000;
const DAY_S = 86_400;
const MONTH_S = 28 * DAY_S;

const style = (options: Intl.DateTimeFormatOptions): (() => Intl.DateTimeFormat) =>
  dateFormat({ hourCycle: 'h23', ...options });

const toSecond = style({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const toMinute = style({ hour: '2-digit', minute: '2-digit' });
const day = style({ day: 'numeric', month: 'short' });
const month = style({ month: 'short', year: 'numeric' });
const dayAndMinute = style({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const dayAndSecond = style({
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const full = style({ dateStyle: 'medium', timeStyle: 'medium' });

/** The labels of a time axis: a day is named where it begins, and once when none does. */
export function axisLabels(splitsS: readonly number[], stepS: number): string[] {
  if (stepS >= MONTH_S) return splitsS.map(at => month().format(at * 1000));
  if (stepS >= DAY_S) return splitsS.map(at => day().format(at * 1000));
  const time = stepS < 60 ? toSecond : toMinute;
  return splitsS.map(at => (isMidnight(at) ? day : time)().format(at * 1000));
}

/** The time of a point: a second by its moment, a longer one from its beginning to its end. */
export function pointLabel(fromMs: number, toMs: number): string {
  return toMs - fromMs <= 1_000 ? dayAndSecond().format(fromMs) : stretchLabel(fromMs, toMs);
}

/** A stretch of time, to the minute when it is longer than that. */
export function stretchLabel(fromMs: number, toMs: number): string {
  return (toMs - fromMs < SHORT_MS ? dayAndSecond : dayAndMinute)().formatRange(fromMs, toMs);
}

/** From when to when a chart goes, for people. */
export function rangeLabel({ fromMs, toMs }: Pick<ChartModel, 'fromMs' | 'toMs'>): { from: string; to: string } {
  return { from: full().format(fromMs), to: full().format(toMs) };
}

/** A stretch in UTC, as a machine writes it: without any doubt about the zone. */
export function utcLabel(fromMs: number, toMs: number): string {
  const text = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
  return toMs - fromMs <= 1_000 ? text(fromMs) : `${text(fromMs)} – ${text(toMs)}`;
}

function isMidnight(atS: number): boolean {
  const at = new Date(atS * 1000);
  return at.getHours() === 0 && at.getMinutes() === 0 && at.getSeconds() === 0;
}
