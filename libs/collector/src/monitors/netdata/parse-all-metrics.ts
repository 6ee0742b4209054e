import { failure, type Parsed } from '../../reading/answer.types.ts';
import { asEpochSecond, asMeasure, asText, isObject } from '../../reading/shape.ts';
import { playsPart } from './choose-charts.ts';
import type { Sample } from './formulas.ts';

/** The last values of one chart. */
export interface LatestChart extends Sample {
  readonly id: string;
  readonly context: string;
  /** For disk space the mount point; of no meaning otherwise (it differs between versions). */
  readonly family: string | null;
  /** Epoch seconds, in the agent's clock. */
  readonly lastUpdated: number;
}

/** An agent shows a few charts of each disk it has; more than that is no machine. */
const MAX_CHARTS = 2000;

/**
 * Parses `/api/v1/allmetrics?format=json`: an object of charts by id, the same in Netdata 1.37 and 2.11. A chart the
 * agent does not have is simply missing; `{}` means that it has no data yet. A chart without its shape makes the answer a
 * bad one; but one that is only asked for beside the metrics counts as missing and costs nothing else.
 */
export function parseAllMetrics(json: unknown): Parsed<readonly LatestChart[]> {
  if (!isObject(json)) return failure('bad_response', 'The values are not an object of charts.', 200);
  const ids = Object.keys(json);
  if (ids.length === 0) return failure('no_data', 'The agent has no values (yet).', 200);
  if (ids.length > MAX_CHARTS) return failure('bad_response', 'The agent has too many charts.', 200);
  const charts: LatestChart[] = [];
  for (const id of ids) {
    const chart = parseChart(id, json[id]);
    if (chart !== null) charts.push(chart);
    else if (playsPart(id))
      return failure('bad_response', `The values of chart ${asText(id, 60)} do not have their shape.`, 200);
  }
  return { ok: true, value: charts };
}

function parseChart(id: string, entry: unknown): LatestChart | null {
  if (!isObject(entry) || !isObject(entry['dimensions']) || asText(id) !== id) return null;
  const lastUpdated = asEpochSecond(entry['last_updated']);
  if (lastUpdated === undefined || typeof entry['context'] !== 'string') return null;
  const ids = Object.keys(entry['dimensions']);
  const values: (number | null)[] = [];
  for (const dimension of Object.values(entry['dimensions'])) {
    const value = isObject(dimension) ? asMeasure(dimension['value']) : undefined;
    if (value === undefined) return null;
    values.push(value);
  }
  return { id, context: entry['context'], family: asText(entry['family']), lastUpdated, ids, values };
}
