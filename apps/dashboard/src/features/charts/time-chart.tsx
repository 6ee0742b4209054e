import { lazy, Suspense, useMemo } from 'react';
import { CHART_HEIGHT_PX } from './chart-height.ts';
import { ChartLegend } from './chart-legend.tsx';
import type { ChartModel } from './chart-model.ts';
import { CursorStore } from './cursor-store.ts';
import { PlotSkeleton } from './plot-skeleton.tsx';
import classes from './time-chart.module.css';
import type { ChartUnit } from './units.ts';

/** Most of it is uPlot: a page and its values are there before it. */
export const loadTimePlot = async () => import('./time-plot.tsx');
const TimePlot = lazy(async () => ({ default: (await loadTimePlot()).TimePlot }));

export interface TimeChartProps {
  readonly title: string;
  readonly unit: ChartUnit;
  /** With at least one point. */
  readonly model: ChartModel;
  /** Charts of the same group show the same time at their cursors. */
  readonly group?: string | undefined;
  readonly heightPx?: number | undefined;
  /** The axis of values goes up to it at least. */
  readonly yMax?: number | undefined;
  /** Of many lines, the one that is meant. */
  readonly highlight?: string | null | undefined;
  /** The line nearest to the pointer, of many. */
  readonly onNear?: ((key: string | null) => void) | undefined;
  /** A time was chosen; whoever shows the chart reads it and shows it. */
  readonly onZoom?: ((fromMs: number, toMs: number) => void) | undefined;
  readonly onBack?: (() => void) | undefined;
}

/** Lines over time, with the values at the cursor above them. */
export function TimeChart(props: TimeChartProps) {
  const { unit, model, heightPx = CHART_HEIGHT_PX, highlight = null } = props;
  const cursor = useMemo(() => new CursorStore(), []);
  return (
    <div className={classes.chart}>
      <ChartLegend unit={unit} model={model} cursor={cursor} highlight={highlight} />
      <Suspense fallback={<PlotSkeleton heightPx={heightPx} />}>
        <TimePlot {...props} heightPx={heightPx} cursor={cursor} />
      </Suspense>
    </div>
  );
}
