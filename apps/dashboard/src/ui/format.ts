import { dateFormat, numberFormat } from '../messages/intl.ts';
import { messages } from '../messages/text.ts';

const whole = numberFormat({ maximumFractionDigits: 0 });
const oneDigit = numberFormat({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDigits = numberFormat({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
const upToThreeDigits = numberFormat({ maximumFractionDigits: 3 });
const timeOnly = dateFormat({
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const dayOnly = dateFormat({ dateStyle: 'full' });
const dateAndTime = dateFormat({ dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
const dateOnly = dateFormat({ dateStyle: 'medium' });

const RATES = ['B/s', 'kB/s', 'MB/s', 'GB/s', 'TB/s'];
const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const DAY_S = 86_400;

/** 12.4 -> "12 %", with a no-break space. */
export function formatPercent(percent: number): string {
  return `${whole().format(percent)}\u00a0%`;
}

/**
 * Percent of the time that something was up, never better than it was: "100 %" means always. More digits where they
 * count: 99.988 % of a day is ten seconds without.
 */
export function formatUptime(percent: number): string {
  const digits = percent < 99 ? 1 : percent < 99.9 ? 2 : 3;
  const number = Math.floor(percent * 10 ** digits) / 10 ** digits;
  return `${upToThreeDigits().format(number)}\u00a0%`;
}

/** Milliseconds as people say them: "1.8 ms", "240 ms", "1.3 s". */
export function formatLatency(ms: number): string {
  const { number, unit } = latencyParts(ms);
  return `${number}\u00a0${unit}`;
}

/** From one latency to another, a unit that both have named once: "9–240 ms", "15 ms–3.0 s". */
export function formatLatencySpan(min: number, max: number): string {
  const from = latencyParts(min);
  const to = latencyParts(max);
  if (from.unit !== to.unit) return `${formatLatency(min)}–${formatLatency(max)}`;
  return from.number === to.number ? formatLatency(max) : `${from.number}–${formatLatency(max)}`;
}

function latencyParts(ms: number): { number: string; unit: string } {
  if (ms >= 999.5) return { number: oneDigit().format(ms / 1000), unit: 's' };
  return { number: (ms < 9.95 ? oneDigit : whole)().format(ms), unit: 'ms' };
}

/** Load to two digits while it is small: 0.08, 3.21, 12.4. */
export function formatLoad(load: number): string {
  return (load < 10 ? twoDigits : oneDigit)().format(load);
}

/** Bytes per second in steps of 1000, as network hardware counts. */
export function formatRate(bytesPerSecond: number): string {
  return scaled(bytesPerSecond, 1000, RATES);
}

/** Bytes in steps of 1024, as memory is counted. */
export function formatBytes(bytes: number): string {
  return scaled(bytes, 1024, SIZES);
}

/** The two greatest units at most, rounded down: "3 d 4 h", "12 m", "8 s". */
export function formatDuration(seconds: number, units: 1 | 2 = 1): string {
  const { unit } = messages;
  const s = Math.max(0, Math.floor(seconds));
  const steps: [size: number, unit: string][] = [
    [DAY_S, unit.day],
    [3_600, unit.hour],
    [60, unit.minute],
    [1, unit.second],
  ];
  const first = Math.max(
    0,
    steps.findIndex(([size]) => s >= size),
  );
  const [size, name] = steps[s === 0 ? 3 : first] ?? [1, unit.second];
  const head = `${Math.floor(s / size)}\u00a0${name}`;
  const next = steps[first + 1];
  if (units === 1 || next === undefined || s === 0) return head;
  const rest = Math.floor((s % size) / next[0]);
  return rest === 0 ? head : `${head} ${rest}\u00a0${next[1]}`;
}

/** A moment for people, in their time zone: the time alone when it was within the last 20 hours. */
export function formatMoment(at: number, now: number): string {
  return (now - at < 20 * 3_600_000 ? timeOnly : dateAndTime)().format(at);
}

/** A day for people, with its weekday. */
export function formatDay(at: number): string {
  return dayOnly().format(at);
}

/** The time of a day that is named elsewhere, to the second. */
export function formatTime(at: number): string {
  return timeOnly().format(at);
}

/** A day for people, short. */
export function formatDate(at: number): string {
  return dateOnly().format(at);
}

export function formatFullMoment(at: number): string {
  return dateAndTime().format(at);
}

function scaled(value: number, step: number, units: readonly string[]): string {
  let rest = Math.max(0, value);
  let index = 0;
  // 999.5 would be shown as 1000: the next unit says it shorter.
  while (rest >= step - 0.5 && index < units.length - 1) {
    rest /= step;
    index += 1;
  }
  const number = index === 0 || rest >= 99.95 ? whole().format(rest) : oneDigit().format(rest);
  return `${number}\u00a0${units[index] ?? ''}`;
}
