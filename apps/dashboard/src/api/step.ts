const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** How long a point of a resolution is: `10m` is 600,000 ms. One that cannot be read counts as a second. */
export function stepMsOf(resolution: string): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(resolution) ?? [];
  return Number(count ?? 1) * (UNIT_MS[unit ?? 's'] ?? 1_000);
}
