import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { fill, messages } from '../../messages/text.ts';
import { useIsDark } from '../../ui/color-scheme.ts';
import { decideKey } from './chart-keys.ts';
import { type ChartModel, pointSpan, spansAt } from './chart-model.ts';
import type { CursorStore } from './cursor-store.ts';
import { describeChart, describeSpan } from './describe.ts';
import { pointLabel } from './moments.ts';
import { Plot } from './plot.ts';
import { shapeOf } from './plot-data.ts';
import type { TimeChartProps } from './time-chart-props.ts';
import classes from './time-plot.module.css';
import { type ChartUnit, formatOr } from './units.ts';
import './uplot.css';

export interface TimePlotProps extends TimeChartProps {
  readonly heightPx: number;
  /** Is moved by the pointer and by keys. */
  readonly cursor: CursorStore;
}

/** The lines of a chart and what moves its cursor. Nearly all of it is uPlot. */
export function TimePlot(props: TimePlotProps) {
  const { title, unit, model, heightPx, cursor } = props;
  const keysId = useId();
  const host = useRef<HTMLDivElement>(null);
  const plot = usePlot(host, props);
  const summary = useMemo(() => describeChart(title, unit, model), [title, unit, model]);
  return (
    <>
      <div
        ref={host}
        className={classes.plot}
        style={{ height: heightPx }}
        role="application"
        aria-roledescription={messages.charts.role}
        aria-label={summary}
        aria-describedby={keysId}
        tabIndex={0}
        onKeyDown={event => onKey(event, props, plot.current)}
        onBlur={() => plot.current?.moveTo(null)}
      />
      <span id={keysId} hidden>
        {messages.charts.keys}
      </span>
      <SpokenCursor unit={unit} model={model} cursor={cursor} host={host} />
    </>
  );
}

/** The chart in the page: set up anew for another theme or another kind of lines, otherwise given new values. */
function usePlot(host: React.RefObject<HTMLDivElement | null>, props: TimePlotProps): React.RefObject<Plot | null> {
  const { unit, model, group, yMax, highlight = null, onZoom, cursor } = props;
  const plot = useRef<Plot | null>(null);
  const latest = useRef(props);
  const isDark = useIsDark();
  const canZoom = onZoom !== undefined;
  const shape = JSON.stringify(shapeOf(model));
  useLayoutEffect(() => {
    latest.current = props;
  });
  useLayoutEffect(() => {
    if (host.current === null) return;
    const created = new Plot(
      host.current,
      latest.current.model,
      { unit, top: yMax, group, canZoom },
      {
        cursor: index => cursor.move(index),
        near: key => latest.current.onNear?.(key),
        drawn: (fromS, toS) => latest.current.onZoom?.(fromS * 1000, toS * 1000),
        doublePressed: () => latest.current.onBack?.(),
      },
    );
    plot.current = created;
    created.highlight(latest.current.highlight ?? null);
    return () => {
      plot.current = null;
      cursor.move(null);
      created.destroy();
    };
  }, [host, cursor, isDark, shape, unit, yMax, group, canZoom]);
  useLayoutEffect(() => plot.current?.show(model), [model]);
  useEffect(() => plot.current?.highlight(highlight), [highlight]);
  return plot;
}

function onKey(event: React.KeyboardEvent, props: TimePlotProps, plot: Plot | null): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { model, cursor, onZoom, onBack } = props;
  const index = cursor.index();
  const atS = index === null ? undefined : model.times[index];
  const decided = decideKey(event, {
    count: model.times.length,
    index,
    fromMs: model.fromMs,
    toMs: model.toMs,
    atMs: atS === undefined ? null : atS * 1000,
    now: Date.now(),
  });
  if (decided === null) return;
  event.preventDefault();
  if (decided.kind === 'move') plot?.moveTo(decided.index);
  else if (decided.kind === 'leave') plot?.moveTo(null);
  else if (decided.kind === 'back') onBack?.();
  else onZoom?.(decided.fromMs, decided.toMs);
}

interface SpokenProps {
  readonly unit: ChartUnit;
  readonly model: ChartModel;
  readonly cursor: CursorStore;
  readonly host: React.RefObject<HTMLDivElement | null>;
}

/** What the cursor is at, said aloud while it is moved by keys. */
function SpokenCursor({ unit, model, cursor, host }: SpokenProps) {
  const read = useCallback(() => (document.activeElement === host.current ? cursor.index() : null), [cursor, host]);
  const index = useSyncExternalStore(cursor.subscribe, read);
  return (
    <span className={classes.spoken} role="status">
      {index !== null && spokenAt(unit, model, index)}
    </span>
  );
}

function spokenAt(unit: ChartUnit, model: ChartModel, index: number): string {
  const { fromMs, toMs } = pointSpan(model, index);
  const values = model.series.map(({ label, avg }) => {
    const value = formatOr(unit, avg[index], messages.charts.noPoint);
    return model.series.length === 1 ? value : `${label} ${value}`;
  });
  const spans = spansAt(model, (fromMs + toMs) / 2).map(describeSpan);
  const time = pointLabel(fromMs, toMs);
  return fill(messages.charts.atCursor, { time, values: values.join(', '), spans: spans.join('. ') });
}
