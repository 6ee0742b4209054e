/**
 * A second client for Netdata's `/api/v1/data`, small and written apart from the product's: a mistake in that one must
 * not be repeated by what it is measured against.
 */

/** The windows's seconds are (start, start + seconds] in the agent's stamps: a point stamped t covers (t - 1, t]. */
export interface Stretch {
  /** Epoch seconds. */
  readonly start: number;
  readonly seconds: number;
}

/** A chart's stored points within a stretch, oldest first, each with its values by dimension id; `null`: no sample. */
export interface RawChart {
  readonly points: readonly Readonly<Record<string, number | null>>[];
}

interface DataAnswer {
  readonly dimension_ids: readonly string[];
  readonly result: { readonly data: readonly (readonly (number | null)[])[] };
}

/** `null` when the agent has no such chart, or nothing of it that is as old. A tier above 0 has averages, not seconds. */
export async function rawChart(
  url: string,
  chart: string,
  { start, seconds }: Stretch,
  tier = 0,
): Promise<RawChart | null> {
  const range = `after=${start + 1}&before=${start + seconds}`;
  const how = `tier=${tier}&group=average&format=json&options=seconds,jsonwrap`;
  const answer = await fetch(`${url}/api/v1/data?chart=${encodeURIComponent(chart)}&${range}&${how}`);
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`${url} answers ${answer.status} about ${chart}`);
  const { dimension_ids: ids, result } = (await answer.json()) as DataAnswer;
  const inside = result.data.filter(([stamp]) => stamp! > start && stamp! <= start + seconds);
  const points = inside.map(([, ...values]) => Object.fromEntries(ids.map((id, at) => [id, values[at] ?? null])));
  return { points: points.toReversed() };
}

/** The last value of each dimension of some charts, as `allmetrics` says it: one instant, not a stretch. */
export async function lastValues(
  url: string,
  charts: readonly string[],
): Promise<Record<string, Record<string, number | null>>> {
  const answer = await fetch(
    `${url}/api/v1/allmetrics?format=json&filter=${charts.map(encodeURIComponent).join('%20')}`,
  );
  const known = (await answer.json()) as Record<string, { dimensions: Record<string, { value: number | null }> }>;
  const dimensionsOf = (chart: string): Record<string, number | null> =>
    Object.fromEntries(Object.entries(known[chart]!.dimensions).map(([id, { value }]) => [id, value]));
  return Object.fromEntries(Object.keys(known).map(chart => [chart, dimensionsOf(chart)]));
}
