import { asText } from '../../reading/shape.ts';
import type { LatestChart } from './parse-all-metrics.ts';

/** Dimensions that are kept of all further charts of a machine together, whatever its agent sends. */
export const MAX_DIMENSIONS = 1000;

/**
 * A filter or a request line of more than 8 KiB is too long for Netdata 1.37, which then answers with every chart it has
 * (measured), and for nginx.
 */
const MAX_FILTER_CHARACTERS = 6000;

/** The same chart before and after Netdata 1.41 (swap) and 2.0 (the root mount). */
const OTHER_IDS: ReadonlyMap<string, string> = new Map(
  [
    ['system.swap', 'mem.swap'],
    ['disk_space._', 'disk_space./'],
    ['disk_inodes._', 'disk_inodes./'],
  ].flatMap(([older = '', newer = '']) => [
    [older, newer],
    [newer, older],
  ]),
);
/** The same dimension, by the id it has since Netdata 1.46. */
const NEWER_DIMENSIONS: ReadonlyMap<string, string> = new Map([['mem.available MemAvailable', 'avail']]);

/** The charts that a network file asks for beside the metrics: those that can be asked for at once, and the others. */
export interface ExtraCharts {
  /** As the file writes them. */
  readonly ids: readonly string[];
  /** What follows the filter of a live request, encoded. */
  readonly filter: string;
  /** No chart of Netdata can be called so; asked for, they would be patterns for others. */
  readonly impossible: readonly string[];
  /** They do not fit into a live request; a window asks for each by itself. */
  readonly tooMany: readonly string[];
}

/** What most machines ask for. */
export const NO_CHARTS: ExtraCharts = { ids: [], filter: '', impossible: [], tooMany: [] };

/** Sorts the charts of a machine's entry. */
export function extraCharts(charts: readonly string[]): ExtraCharts {
  if (charts.length === 0) return NO_CHARTS;
  const [ids, impossible, tooMany]: [string[], string[], string[]] = [[], [], []];
  let filter = '';
  for (const id of new Set(charts)) {
    if (!isChartId(id)) {
      impossible.push(id);
      continue;
    }
    const longer = filter + filterFor(id);
    if (longer.length > MAX_FILTER_CHARACTERS) tooMany.push(id);
    else {
      ids.push(id);
      filter = longer;
    }
  }
  return { ids, filter, impossible, tooMany };
}

function filterFor(id: string): string {
  const names = [id, OTHER_IDS.get(id)].filter(name => name !== undefined);
  return names.map(name => `%20${encodeURIComponent(name)}`).join('');
}

/**
 * Netdata itself writes none of these into an id. In a filter a space parts, `*` and `!` are patterns and `\` escapes; in
 * the `chart=` of `/data` it is `,` and `|` that part.
 */
function isChartId(id: string): boolean {
  return !/[\s*!,|\\]/.test(id) && id.isWellFormed() && asText(id) === id;
}

/** The chart with this id, or with the one it has in another version. */
export function findChart(charts: readonly LatestChart[], id: string): LatestChart | undefined {
  return charts.find(chart => chart.id === id) ?? charts.find(chart => chart.id === OTHER_IDS.get(id));
}

/** How a dimension is called in a row, whatever the agent's version. `null`: by a text that cannot be stored. */
export function dimensionName(chart: string, dimension: string): string | null {
  const name = NEWER_DIMENSIONS.get(`${chart} ${dimension}`) ?? dimension;
  return asText(name) === name ? name : null;
}
