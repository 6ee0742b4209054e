const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof UNITS;

const DURATION = /^(\d{1,10})(ms|s|m|h|d)$/;

/**
 * The milliseconds of a duration such as `500ms`, `10s`, `5m`, `1h` or `1d`. `null`: the text is no duration (no unit,
 * a fraction, a sign, several units, or more than a number holds exactly).
 */
export function parseDuration(text: string): number | null {
  const [, count, unit] = DURATION.exec(text) ?? [];
  if (count === undefined || unit === undefined) return null;
  const ms = Number(count) * UNITS[unit as Unit];
  return Number.isSafeInteger(ms) ? ms : null;
}

/** The shortest text that {@link parseDuration} reads as `ms`, a whole number of milliseconds: `90000` is `90s`. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0s';
  const units = (Object.keys(UNITS) as Unit[]).toReversed();
  const unit = units.find(name => ms % UNITS[name] === 0) ?? 'ms';
  return `${ms / UNITS[unit]}${unit}`;
}

/** The milliseconds of a text that is known to be a duration, or the default when there is none. */
export function durationOr(text: string | undefined, defaultMs: number): number {
  return text === undefined ? defaultMs : (parseDuration(text) ?? defaultMs);
}
