import { type ReactNode, useMemo, useSyncExternalStore } from 'react';
import { messages } from '../../messages/text.ts';
import { ChartCard } from '../charts/chart-card.tsx';
import type { LiveBuffer } from '../charts/live-buffer.ts';
import { useLiveModel } from '../charts/use-live-model.ts';
import type { MachineRow } from '../machines/machine-row.ts';
import { ChartGrid, NoCharts } from './chart-grid.tsx';
import classes from './chart-grid.module.css';
import { chartsOf, type MachineChart } from './chart-table.ts';
import { liveSpanMs } from './live-seconds.ts';

interface LiveChartsProps {
  readonly row: MachineRow;
  readonly buffer: LiveBuffer;
  /** The choice of a range, for whoever may see the past. */
  readonly head?: ReactNode;
  readonly onZoom?: ((fromMs: number, toMs: number) => void) | undefined;
}

/** What comes now, second by second. */
export function LiveCharts({ row, buffer, head, onZoom }: LiveChartsProps) {
  const charts = useCharts(row);
  const spanMs = useSyncExternalStore(buffer.subscribe, () => liveSpanMs(buffer.firstMs(), buffer.lastMs()));
  const isSilent = useSyncExternalStore(buffer.subscribe, () => !canAnswer(row) && !buffer.hasAnswer());
  if (isSilent)
    return (
      <NoCharts title={messages.machine.charts} head={head ?? <OnlyNow />}>
        {messages.machine.noNow}
      </NoCharts>
    );
  return (
    <ChartGrid title={messages.machine.charts} head={head ?? <OnlyNow />}>
      {charts.map(chart => (
        <LiveChart key={chart.key} chart={chart} buffer={buffer} spanMs={spanMs} onZoom={onZoom} />
      ))}
    </ChartGrid>
  );
}

/** Of one that is up the first value is on its way. */
function canAnswer({ state }: MachineRow): boolean {
  return state === 'up' || state === 'degraded';
}

/** The charts of a machine; the same ones until there are others. */
export function useCharts({ values, fullestMount }: MachineRow): readonly MachineChart[] {
  const hasSwap = values?.swap != null;
  return useMemo(() => chartsOf({ hasSwap, fullestMount }), [hasSwap, fullestMount]);
}

function OnlyNow() {
  return (
    <>
      <h2 className={classes.title}>{messages.machine.live}</h2>
      <span className={classes.note}>{messages.machine.past}</span>
    </>
  );
}

interface LiveChartProps extends Pick<LiveChartsProps, 'buffer' | 'onZoom'> {
  readonly chart: MachineChart;
  readonly spanMs: number;
}

function LiveChart({ chart, buffer, spanMs, onZoom }: LiveChartProps) {
  const { key: _, wishes, metrics: _metrics, ...rest } = chart;
  const model = useLiveModel(buffer, wishes, spanMs);
  return <ChartCard {...rest} model={model} group="machine" onZoom={onZoom} />;
}
