import { lazy, Suspense, useMemo } from 'react';
import { CHART_HEIGHT_PX } from './chart-height.ts';
import { ChartLegend } from './chart-legend.tsx';
import { CursorStore } from './cursor-store.ts';
import { PlotSkeleton } from './plot-skeleton.tsx';
import classes from './time-chart.module.css';
import type { TimeChartProps } from './time-chart-props.ts';

/** Most of it is uPlot: a page and its values are there before it. */
export const loadTimePlot = async () => import('./time-plot.tsx');
const TimePlot = lazy(async () => ({ default: (await loadTimePlot()).TimePlot }));

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
