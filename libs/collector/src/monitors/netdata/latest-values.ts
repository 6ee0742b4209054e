import type { MetricValues } from '#config';
import { failure, type Parsed } from '../../reading/answer.types.ts';
import { metricValues } from '../metric-values.ts';
import { momentOf, type Latest } from './agent-api.ts';
import type { Remembered } from './decide-learning.ts';
import { deriveOne, FORMULAS, type ChartRole } from './formulas.ts';
import { isFresh } from './freshness.ts';

/** The values of this moment. */
export interface LatestValues {
  readonly values: MetricValues;
  readonly fullestMount: string | null;
}

/**
 * The row's metrics out of one answer. An agent that shows neither CPU nor memory has `no_data`; one whose CPU and
 * memory are old is `stale`; any other chart that is missing or old leaves `null`, never an old value.
 */
export function latestValues(latest: Latest, remembered: Remembered): Parsed<LatestValues> {
  const charts = latest.chosen;
  const agentNow = momentOf(latest);
  // A chart is listed with 0 in the first second after the agent's start, before it has a value.
  const newest = Math.max(charts.cpu?.lastUpdated ?? 0, charts.ram?.lastUpdated ?? 0);
  if (newest === 0) return failure('no_data', 'The agent shows neither CPU nor memory (yet).', 200);
  const fresh = (role: ChartRole): boolean => {
    const chart = charts[role];
    return chart !== undefined && isFresh(role, chart.lastUpdated, agentNow, remembered.stepSeconds);
  };
  if (!fresh('cpu') && !fresh('ram'))
    return failure(
      'stale',
      `The agent's last values are ${Math.round(agentNow - newest)} s old by its own clock.`,
      200,
    );
  const values = metricValues(metric => {
    const { role } = FORMULAS[metric];
    const chart = charts[role];
    if (chart === undefined || !fresh(role) || (role === 'net' && isUnmeasured(chart.values, remembered))) return null;
    return deriveOne(metric, chart);
  });
  return {
    ok: true,
    value: { values, fullestMount: fresh('fullestDisk') ? (charts.fullestDisk?.family ?? null) : null },
  };
}

/**
 * Netdata 2 shows zeros for a machine that has only virtual network cards: it is not measured there. Of Netdata 1 a
 * zero is a measured zero. An agent that has not told its version yet may be either: better no value than a wrong one.
 */
export function isUnmeasured(values: readonly (number | null)[], { facts, sawTraffic }: Remembered): boolean {
  const measuresAll = facts !== null && /^v?1\./.test(facts.version);
  return !measuresAll && !sawTraffic && values.every(value => value === 0);
}
