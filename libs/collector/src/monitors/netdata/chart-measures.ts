import { momentOf, type Latest } from './agent-api.ts';
import type { Remembered } from './decide-learning.ts';
import { dimensionName, findChart, MAX_DIMENSIONS, type ExtraCharts } from './extra-charts.ts';
import { isCurrent } from './freshness.ts';
import type { LatestChart } from './parse-all-metrics.ts';

/** Of a long list of charts the first are named. */
const MAX_NAMED = 5;

/** What a probe found of the charts that are asked for beside the metrics. */
export interface ChartMeasures {
  /** By `<chart>.<dimension>`; a dimension without a value is absent. */
  readonly measures: Readonly<Record<string, number>> | null;
  /** Which charts gave nothing, and why, as a sentence; `null`: each gave something. */
  readonly detail: string | null;
}

const NOTHING_ASKED: ChartMeasures = { measures: null, detail: null };

/**
 * The values of this moment, never an old one. A chart that is missing leaves the others as they are.
 *
 * @param steps seconds between two points, by the charts' ids at the agent; `null`: it does not say. Until a chart's step
 *   was asked for it counts as quick, for no value is better than an old one, and nothing is said of it.
 */
export function measureCharts(asked: ExtraCharts, latest: Latest, steps: Remembered['chartSteps']): ChartMeasures {
  if (asked.ids.length === 0 && asked.impossible.length === 0) return NOTHING_ASKED;
  const [missing, old, tooMany]: [string[], string[], string[]] = [[], [], [...asked.tooMany]];
  const measures: [string, number][] = [];
  const now = momentOf(latest);
  for (const id of asked.ids) {
    const chart = findChart(latest.charts, id);
    if (chart === undefined) missing.push(id);
    else if (!isCurrent(chart.lastUpdated, now, steps.get(chart.id) ?? null)) {
      if (steps.has(chart.id)) old.push(id);
    } else if (measures.length + chart.ids.length > MAX_DIMENSIONS) tooMany.push(id);
    else measures.push(...valuesOf(id, chart));
  }
  const said = [
    told(missing, 'the agent does not have'),
    told(old, 'the agent has no new values of'),
    told(asked.impossible, 'no chart can be called'),
    told(tooMany, 'there is no room for'),
  ].filter(part => part !== null);
  return {
    measures: measures.length === 0 ? null : Object.fromEntries(measures),
    detail: said.length === 0 ? null : `Of the charts asked for, ${said.join('; ')}.`,
  };
}

function valuesOf(id: string, chart: LatestChart): [string, number][] {
  return chart.ids.flatMap((dimension, place): [string, number][] => {
    const [name, value] = [dimensionName(id, dimension), chart.values[place] ?? null];
    return name === null || value === null ? [] : [[`${id}.${name}`, value]];
  });
}

function told(charts: readonly string[], what: string): string | null {
  if (charts.length === 0) return null;
  const named = charts.slice(0, MAX_NAMED).join(', ');
  return `${what} ${named}${charts.length > MAX_NAMED ? ` and ${charts.length - MAX_NAMED} more` : ''}`;
}
