import { onDemand } from '../messages/intl.ts';
import { LOCALE } from '../messages/language.ts';
import { messages } from '../messages/text.ts';

const relative = onDemand(() => new Intl.RelativeTimeFormat(LOCALE, { numeric: 'always' }));

const MINUTE_S = 60;
const DAY_S = 86_400;
/** From the greatest down; a month and a year of the mean length. */
const STEPS: readonly [seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [365.25 * DAY_S, 'year'],
  [30.4 * DAY_S, 'month'],
  [DAY_S, 'day'],
  [3_600, 'hour'],
  [MINUTE_S, 'minute'],
];

/** How long ago something was, or how far ahead it lies, in one unit and rounded down: "just now", "3 days ago", "in 2 hours". */
export function agoText(atMs: number, nowMs: number): string {
  const seconds = (atMs - nowMs) / 1000;
  const step = STEPS.find(([size]) => Math.abs(seconds) >= size);
  if (step === undefined) return seconds > 0 ? messages.moment.soon : messages.moment.now;
  const [size, unit] = step;
  return relative().format(Math.trunc(seconds / size), unit);
}

/** A moment for who rests on it: in the zone of the reader, and in UTC. */
export function utcText(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');
}
