/** Beyond this no unit of ours makes sense; such a number is a lie. */
const LARGEST = 1e15;
/** Smaller than any counter can tell; below the range of a 32-bit float it could not even be stored. */
const SMALLEST = 1e-12;

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A number that can be a measurement, `null` where the agent has none, and `undefined` for everything else. */
export function asMeasure(value: unknown): number | null | undefined {
  if (value === null) return null;
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > LARGEST) return undefined;
  return Math.abs(value) < SMALLEST ? 0 : value;
}

/** A point in time in epoch seconds, or `undefined`. */
export function asEpochSecond(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 1e11
    ? (value as number)
    : undefined;
}

/**
 * A text of an agent made fit to store and show: no control characters (PostgreSQL refuses NUL), no half surrogates
 * (its JSON refuses them), not longer than `maxLength`. Empty becomes `null`.
 */
export function asText(value: unknown, maxLength = 255): string | null {
  if (typeof value !== 'string') return null;
  const text = value
    .slice(0, maxLength)
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .trim();
  return text === '' ? null : text;
}
