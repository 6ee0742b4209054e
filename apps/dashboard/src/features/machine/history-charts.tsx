import { type ReactNode, useMemo } from 'react';
import { csvHref, type TimeWords } from '../../api/history-client.ts';
import type { MachineName } from '../../api/machine-client.ts';
import { messages } from '../../messages/text.ts';
import { ChartCard } from '../charts/chart-card.tsx';
import { historyModel } from '../charts/history-model.ts';
import { hasAny } from '../charts/past.ts';
import type { PastState } from '../charts/use-past.ts';
import type { MachineRow } from '../machines/machine-row.ts';
import { ChartGrid, NoCharts } from './chart-grid.tsx';
import type { MachineChart } from './chart-table.ts';
import { useCharts } from './live-charts.tsx';

interface HistoryChartsProps {
  readonly name: MachineName;
  readonly row: MachineRow;
  readonly words: TimeWords;
  readonly state: PastState;
  readonly head: ReactNode;
  readonly onZoom: (fromMs: number, toMs: number) => void;
  readonly onBack: (() => void) | undefined;
}

/** What was measured in a range. */
export function HistoryCharts({ row, head, ...rest }: HistoryChartsProps) {
  const charts = useCharts(row);
  const { past } = rest.state;
  if (past !== null && !hasAny(past, charts.flatMap(averagesOf)))
    return (
      <NoCharts title={messages.machine.charts} head={head}>
        {messages.machine.noPast}
      </NoCharts>
    );
  return (
    <ChartGrid title={messages.machine.charts} head={head}>
      {charts.map(chart => (
        <HistoryChart key={chart.key} chart={chart} {...rest} />
      ))}
    </ChartGrid>
  );
}

function averagesOf({ metrics }: MachineChart): string[] {
  return metrics.map(metric => `${metric}.avg`);
}

interface HistoryChartProps extends Omit<HistoryChartsProps, 'row' | 'head'> {
  readonly chart: MachineChart;
}

function HistoryChart({ chart, name, words, state, onZoom, onBack }: HistoryChartProps) {
  const { key: _, wishes, metrics, ...rest } = chart;
  const { past } = state;
  const model = useMemo(() => (past === null ? null : historyModel(past, wishes)), [past, wishes]);
  const resolution = past === null ? {} : { resolution: past.resolution };
  return (
    <ChartCard
      {...rest}
      model={model}
      state={state}
      group="machine"
      csvHref={csvHref({ ...name, words, metrics, ...resolution })}
      onZoom={onZoom}
      onBack={onBack}
    />
  );
}
