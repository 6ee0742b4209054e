import { METRICS, type MetricName, type Window } from '#config';
import type { MetricRow, MetricSummary } from '#storage';
import { failure, type Failure, type Parsed } from '../../reading/answer.types.ts';
import type { ReadLimits } from '../monitor.ts';
import { summarize } from '../summarize.ts';
import type { AgentApi } from './agent-api.ts';
import type { ChosenCharts } from './choose-charts.ts';
import { CHART_ROLES, FORMULAS, type ChartRole } from './formulas.ts';
import type { AskedWindow, ChartWindow } from './parse-data.ts';

/** Requests to one agent at a time, over as many connections. */
const AT_ONCE = 2;

export type ChartWindows = Readonly<Partial<Record<ChartRole, ChartWindow>>>;

/** The seconds of a window as Netdata counts them: a point stamped t covers (t-1, t]. */
export function askedWindowOf(window: Window): AskedWindow {
  const start = Math.floor(window.start.getTime() / 1000);
  return { after: start + 1, before: start + Math.floor(window.lengthMs / 1000) };
}

/**
 * Reads the raw points of each chart. A chart the agent does not have (404) is left out; any other failure fails the
 * whole reading, because a row must not lose a metric to a slow moment.
 */
export async function readCharts(
  api: AgentApi,
  base: string,
  charts: ChosenCharts,
  asked: AskedWindow,
  limits: ReadLimits,
): Promise<Parsed<ChartWindows>> {
  const endsAt = performance.now() + limits.timeoutMs;
  const left = CHART_ROLES.filter(role => charts[role] !== undefined);
  const read = new Map<string, Parsed<ChartWindow>>();
  const failures: Failure[] = [];
  const readNext = async (): Promise<void> => {
    for (let role = left.shift(); role !== undefined && failures.length === 0; role = left.shift()) {
      const id = charts[role]?.id ?? '';
      if (read.has(id)) continue;
      read.set(id, failure('no_data', 'not read yet', 404));
      const got = await api.window(base, id, asked, { timeoutMs: endsAt - performance.now(), signal: limits.signal });
      read.set(id, got);
      if (!got.ok && !isAbsent(got)) failures.push(got);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, readNext));
  return failures[0] ?? { ok: true, value: windowsByRole(charts, read) };
}

/** Derives each metric second by second, then aggregates. A part no chart plays leaves its metrics out. */
export function summarizeCharts(windows: ChartWindows): MetricRow['metrics'] {
  const metrics: Partial<Record<MetricName, MetricSummary>> = {};
  for (const { name } of METRICS) {
    const { role, of } = FORMULAS[name];
    const window = windows[role];
    if (window === undefined) continue;
    const summary = summarize(window.samples.map(of), window.expected);
    // A percentage of nothing (swap of size 0) has no second at all although the chart has points.
    const measured = summary.samples > 0 || window.samples.every(sample => sample.values.some(value => value === null));
    if (measured) metrics[name] = summary;
  }
  return metrics;
}

/** Not a 503: an agent that is just starting will have it. */
function isAbsent(got: Failure): boolean {
  return got.status === 404 && got.reason === 'no_data';
}

function windowsByRole(charts: ChosenCharts, read: ReadonlyMap<string, Parsed<ChartWindow>>): ChartWindows {
  const windows: Partial<Record<ChartRole, ChartWindow>> = {};
  for (const role of CHART_ROLES) {
    const got = read.get(charts[role]?.id ?? '');
    if (got?.ok === true) windows[role] = got.value;
  }
  return windows;
}
