import type { TimeWords } from '../../api/history-client.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Ranges that end now, by their names in the address. */
export const PRESET_MS = {
  '1h': HOUR_MS,
  '6h': 6 * HOUR_MS,
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
  '30d': 30 * DAY_MS,
  '90d': 90 * DAY_MS,
  '1y': 365 * DAY_MS,
} as const;

export type Preset = keyof typeof PRESET_MS;
export const PRESETS = Object.keys(PRESET_MS) as readonly Preset[];

/** Which time is shown: what comes now, the last so many days, or from one moment to another. */
export type ChartRange =
  | { readonly kind: 'live' }
  | { readonly kind: 'last'; readonly preset: Preset }
  | { readonly kind: 'fixed'; readonly fromMs: number; readonly toMs: number };

/** A range as it stands in the address; empty: not there. */
export interface RangeParams {
  readonly range: string;
  readonly from: string;
  readonly to: string;
}

/** The finest zoom: about this many seconds are still worth looking at. */
export const SHORTEST_MS = 10_000;
/** The server knows no time before. */
const EARLIEST_MS = 0;

/** Reads the address; what cannot be understood is the fallback. */
export function parseRange({ range, from, to }: RangeParams, fallback: ChartRange): ChartRange {
  if (range === 'live') return { kind: 'live' };
  const preset = PRESETS.find(name => name === range);
  if (preset !== undefined) return { kind: 'last', preset };
  const [fromMs, toMs] = [parseInstant(from), parseInstant(to)];
  if (fromMs === null || toMs === null || fromMs >= toMs) return fallback;
  return { kind: 'fixed', fromMs, toMs };
}

/** As it is written into the address: readable, and the same wherever it is opened. */
export function renderRange(range: ChartRange): RangeParams {
  if (range.kind === 'live') return { range: 'live', from: '', to: '' };
  if (range.kind === 'last') return { range: range.preset, from: '', to: '' };
  return { range: '', from: renderInstant(range.fromMs), to: renderInstant(range.toMs) };
}

/** As the API's query names it. `live` has no past; what is asked for is the last hour. */
export function wordsOf(range: ChartRange): TimeWords {
  if (range.kind === 'fixed') return { from: renderInstant(range.fromMs), to: renderInstant(range.toMs) };
  return { from: `-${(range.kind === 'live' ? HOUR_MS : PRESET_MS[range.preset]) / HOUR_MS}h` };
}

/** Where a range begins and ends. */
export function boundsOf(range: ChartRange, now: number): { fromMs: number; toMs: number } {
  if (range.kind === 'fixed') return range;
  const lengthMs = range.kind === 'live' ? HOUR_MS : PRESET_MS[range.preset];
  return { fromMs: now - lengthMs, toMs: now };
}

/** A range that was drawn with the pointer: whole seconds, and not shorter than is worth looking at. */
export function zoomedTo(aMs: number, bMs: number): ChartRange {
  const middleMs = (aMs + bMs) / 2;
  const halfMs = Math.max(SHORTEST_MS, Math.abs(bMs - aMs)) / 2;
  const fromMs = Math.max(EARLIEST_MS, Math.floor((middleMs - halfMs) / 1000) * 1000);
  return { kind: 'fixed', fromMs, toMs: Math.ceil((middleMs + halfMs) / 1000) * 1000 };
}

/** The range that ends now and shows at least as much. */
export function nowLike({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): ChartRange {
  return { kind: 'last', preset: PRESETS.find(name => PRESET_MS[name] >= toMs - fromMs) ?? '1y' };
}

/**
 * The ranges to go back through, after the address has changed: to the last of them is back, everything else is a step on.
 */
export function trailAfter(trail: readonly string[], left: string, arrived: string): readonly string[] {
  return trail.at(-1) === arrived ? trail.slice(0, -1) : [...trail, left];
}

/** An RFC 3339 time. */
function parseInstant(text: string): number | null {
  const ms = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(ms) && ms >= EARLIEST_MS ? ms : null;
}

function renderInstant(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
