/** How long nobody looks at a machine. */
export type PauseLength = '1h' | '4h' | '1d' | 'own' | 'open';

const HOUR_MS = 3_600_000;
const HOURS: Readonly<Partial<Record<PauseLength, number>>> = { '1h': 1, '4h': 4, '1d': 24 };

/** When a pause ends, or why it cannot. */
export type PauseEnd =
  | { readonly kind: 'end'; readonly until: string | null }
  | { readonly kind: 'missing' }
  | { readonly kind: 'past' };

/**
 * @param own what the field for a moment holds, in the zone of the browser: `2026-11-20T18:00`
 * @param now ms of the Unix epoch
 */
export function decidePauseEnd(length: PauseLength, own: string, now: number): PauseEnd {
  if (length === 'open') return { kind: 'end', until: null };
  const hours = HOURS[length];
  const until = hours === undefined ? Date.parse(own) : now + hours * HOUR_MS;
  if (Number.isNaN(until)) return { kind: 'missing' };
  return until <= now ? { kind: 'past' } : { kind: 'end', until: new Date(until).toISOString() };
}
