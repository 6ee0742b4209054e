export type Level = 'normal' | 'high' | 'critical';

/** From where on a value stands out, in the unit of the value. One table for every view. */
const THRESHOLDS = {
  cpu: { high: 75, critical: 90 },
  memory: { high: 80, critical: 92 },
  disk: { high: 80, critical: 90 },
  /** Load per core: above 1 somebody waits. */
  loadPerCore: { high: 1, critical: 2 },
  /** Percent of the checks that failed: of a day, a minute and a half, and a quarter of an hour. */
  downtime: { high: 0.1, critical: 1 },
} as const;

/** How much a value deserves attention. Colour is for deviation only, so most are `normal`. */
export function levelOf(metric: keyof typeof THRESHOLDS, value: number): Level {
  const limits = THRESHOLDS[metric];
  if (value >= limits.critical) return 'critical';
  return value >= limits.high ? 'high' : 'normal';
}
