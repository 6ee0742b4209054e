/** What a test stores as the past: numbers that begin like no other, and a word that nobody else says. */
export const REMEMBERED = 'remembered';
/** A value of thirteen digits; a few thousand may be added. */
export const MARKED_VALUE = 8_675_309_420_000;
/** A count that fits where counts are stored; a hundred may be added. */
export const MARKED_COUNT = 1_867_530_900;

const MARK = /(?<![\d.])(?:8675309\d{6}|18675309\d{2})|remembered/;
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?/g;
/** How a message says what a time looks like. */
const EXAMPLES = /such as 2026-11-20T10:00:00Z/g;

/** Under which keys a time from before may stand, and why. */
const TIMES_OF_THE_PRESENT: Readonly<Record<string, string>> = {
  since: 'a state has lasted since then',
  observedAt: 'the last observation',
  valuesAt: 'the values of the last observation',
  startedAt: 'the server, not a machine',
  acceptedAt: 'the network file that holds now',
  createdAt: "one's own account, sessions and tokens",
  lastUsedAt: "one's own sessions and tokens",
  lastSignInAt: "one's own account",
  revokedAt: "one's own tokens",
};

/** What a text says about the time before `begin`: marks of what was stored, and times. Empty: nothing. */
export function pastIn(text: string, begin: Date): string[] {
  const mark = MARK.exec(text)?.[0];
  return [...(mark === undefined ? [] : [mark]), ...timesIn(parsed(text), begin, '')];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function timesIn(value: unknown, begin: Date, key: string): string[] {
  if (typeof value === 'string') return Object.hasOwn(TIMES_OF_THE_PRESENT, key) ? [] : timesOf(value, begin, key);
  // Milliseconds since 1970 that lie in the years before.
  if (typeof value === 'number')
    return Number.isInteger(value) && value > 1.5e12 && value < begin.getTime() ? [`${key}: ${value}`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => timesIn(inner, begin, Array.isArray(value) ? key : name));
}

function timesOf(text: string, begin: Date, key: string): string[] {
  const times = text.replace(EXAMPLES, '').match(TIME) ?? [];
  return times.filter(time => Date.parse(time) < begin.getTime()).map(time => `${key}: ${time}`);
}
