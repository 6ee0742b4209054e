import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { MetricName, MetricUnit, TimeWords } from '../../api/history-client.ts';
import { metricHistoryQuery } from '../../api/history-queries.ts';
import { machinesQuery } from '../../api/queries.ts';
import type { ChartModel } from '../charts/chart-model.ts';
import { compareModel } from '../charts/compare-model.ts';
import type { ChartState } from '../charts/use-past.ts';
import { matchesFilter } from '../list/matches-filter.ts';
import { machineRowOf } from '../machines/machine-row.ts';

interface Comparison extends ChartState {
  /** Lines of the machines that the filter lets through; `null`: not read yet. */
  readonly model: ChartModel | null;
  /** How many machines there are without the filter. */
  readonly total: number;
  readonly unit: MetricUnit;
}

const PARTS = ['avg', 'max'] as const;

/** One metric of the machines of a network that match a filter. */
export function useComparison(network: string, metric: MetricName, words: TimeWords, filter: string): Comparison {
  const { data, isPlaceholderData, error, refetch } = useQuery({
    ...metricHistoryQuery({ network, metric, words, parts: PARTS }),
    placeholderData: keepPreviousData,
  });
  const isMatch = useMatch(network, filter);
  // Of another metric or network it would be drawn with the wrong unit.
  const answer = data?.network === network && data.metric === metric ? data : undefined;
  const whole = useMemo(() => (answer === undefined ? null : compareModel(answer)), [answer]);
  const model = useMemo(
    () => (whole === null ? null : { ...whole, series: whole.series.filter(({ key }) => isMatch(key)) }),
    [whole, isMatch],
  );
  return {
    model,
    total: whole?.series.length ?? 0,
    unit: answer?.unit ?? 'percent',
    isLoading: model === null && error === null,
    isStale: isPlaceholderData,
    error,
    onRetry: () => void refetch(),
  };
}

/** By name and labels, as the list of Home does it. */
function useMatch(network: string, filter: string): (machine: string) => boolean {
  const { data: machines } = useQuery(machinesQuery(network, true));
  return useMemo(() => {
    if (filter.trim() === '') return () => true;
    const rows = (machines?.items ?? []).map(machineRowOf);
    const matching = rows.filter(row => {
      const labels = row.labels.map(([key, value]) => `${key}=${value}`);
      return matchesFilter(row, labels, filter);
    });
    const names = new Set(matching.map(({ name }) => name));
    return (machine: string) => names.has(machine);
  }, [machines, filter]);
}
