/** Things of one day, in the order in which they came. */
export interface Day<Item> {
  /** Midnight at its beginning in the zone of the reader, in ms of the Unix epoch. */
  readonly startMs: number;
  readonly items: readonly Item[];
}

/** Splits what is ordered by time into days of the reader's zone. */
export function groupByDay<Item extends { readonly at: string }>(items: readonly Item[]): Day<Item>[] {
  const days: { startMs: number; items: Item[] }[] = [];
  for (const item of items) {
    const startMs = dayOf(Date.parse(item.at));
    const last = days.at(-1);
    if (last?.startMs === startMs) last.items.push(item);
    else days.push({ startMs, items: [item] });
  }
  return days;
}

/** How many midnights lie between: 0 is today, 1 yesterday; a day with a change of the clocks counts as one. */
export function daysAgo(startMs: number, nowMs: number): number {
  return Math.round((dayOf(nowMs) - startMs) / 86_400_000);
}

function dayOf(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}
