import type { ChartModel } from './chart-model.ts';
import type { ChartUnit } from './units.ts';

/** What a chart over time is told by whoever shows it. */
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
