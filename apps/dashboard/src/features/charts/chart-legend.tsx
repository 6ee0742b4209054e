import { useSyncExternalStore } from 'react';
import { counted, fill, messages } from '../../messages/text.ts';
import classes from './chart-legend.module.css';
import {
  type ChartModel,
  extremesOf,
  lastOf,
  type ModelSeries,
  pointSpan,
  type SpanKind,
  spansAt,
} from './chart-model.ts';
import type { CursorStore } from './cursor-store.ts';
import { describeSpan } from './describe.ts';
import { pointLabel, utcLabel } from './moments.ts';
import { FEW } from './plot-data.ts';
import { DASHES } from './plot-theme.ts';
import { type ChartUnit, formatLower, formatOr, formatValue } from './units.ts';

const { charts } = messages;
const KINDS: readonly SpanKind[] = ['unreachable', 'unobserved', 'maintenance', 'missing', 'filled'];

interface LegendProps {
  readonly unit: ChartUnit;
  readonly model: ChartModel;
  readonly cursor: CursorStore;
  /** Of many lines, the one that is meant. */
  readonly highlight: string | null;
}

/** What the lines are, and their values: at the cursor, or the last ones. Two lines of text, always. */
export function ChartLegend({ unit, model, cursor, highlight }: LegendProps) {
  const moved = useSyncExternalStore(cursor.subscribe, cursor.index);
  const index = moved !== null && moved < model.times.length ? moved : null;
  return (
    <div className={classes.legend} aria-hidden="true">
      <div className={classes.values} data-many={model.series.length > 1 || undefined}>
        <Values {...{ unit, model, index, highlight }} />
      </div>
      <div className={classes.note}>
        {index === null ? <Keys model={model} /> : <Moment model={model} index={index} />}
      </div>
    </div>
  );
}

interface ValuesProps extends Omit<LegendProps, 'cursor'> {
  readonly index: number | null;
}

function Values({ unit, model, index, highlight }: ValuesProps) {
  const { series } = model;
  if (series.length <= FEW) {
    return series.map((one, place) => (
      <SeriesValue key={one.key} unit={unit} series={one} place={place} index={index} isOnly={series.length === 1} />
    ));
  }
  const meant = series.find(({ key }) => key === highlight);
  if (meant === undefined) return <span className={classes.label}>{linesText(series.length)}</span>;
  return <SeriesValue unit={unit} series={meant} place={0} index={index} isOnly={false} />;
}

interface SeriesValueProps {
  readonly unit: ChartUnit;
  readonly series: ModelSeries;
  readonly place: number;
  readonly index: number | null;
  readonly isOnly: boolean;
}

function SeriesValue({ unit, series, place, index, isOnly }: SeriesValueProps) {
  const value = index === null ? lastOf(series.avg) : series.avg[index];
  const span = index === null ? extremesOf(series) : spanAt(series, index);
  return (
    <span className={classes.series} title={index === null ? charts.lastValue : undefined}>
      <Swatch place={place} />
      {!isOnly && <span className={classes.label}>{series.label}</span>}
      <b className={classes.value}>{formatOr(unit, value, charts.noValue)}</b>
      <Extremes unit={unit} span={span} />
    </span>
  );
}

/** From the lowest to the highest, where that is more than one value. */
function Extremes({ unit, span }: { unit: ChartUnit; span: { min: number; max: number } | null }) {
  if (span === null) return null;
  const max = formatValue(unit, span.max);
  if (formatValue(unit, span.min) === max) return null;
  const min = formatLower(unit, span.min, span.max);
  return <span className={classes.span}>{fill(charts.span, { min, max })}</span>;
}

/** A piece of the line, with its dashes. */
function Swatch({ place }: { place: number }) {
  return (
    <svg className={classes.swatch} data-line={(place % DASHES.length) + 1} viewBox="0 0 18 8" width="18" height="8">
      <path d="M0 4h18" strokeDasharray={DASHES[place % DASHES.length]?.join(' ')} />
    </svg>
  );
}

/** What the marks in the chart mean. */
function Keys({ model }: { model: ChartModel }) {
  const told = new Set([...model.spans, ...model.filled].map(({ kind }) => kind));
  return KINDS.filter(kind => told.has(kind)).map(kind => (
    <span key={kind} className={classes.key}>
      <span className={classes.mark} data-kind={kind} />
      {charts.legend[kind]}
    </span>
  ));
}

/** The time of a point, and what there is to say about it. */
function Moment({ model, index }: { model: ChartModel; index: number }) {
  const { fromMs, toMs } = pointSpan(model, index);
  const spans = spansAt(model, (fromMs + toMs) / 2);
  return (
    <>
      <time dateTime={new Date(fromMs).toISOString()} title={fill(charts.utc, { moment: utcLabel(fromMs, toMs) })}>
        {pointLabel(fromMs, toMs)}
      </time>
      {spans.map(span => (
        <span key={span.kind} className={classes.reason}>
          <span className={classes.mark} data-kind={span.kind} />
          {describeSpan(span)}
        </span>
      ))}
    </>
  );
}

function spanAt({ min, max }: ModelSeries, index: number): { min: number; max: number } | null {
  const [low, high] = [min?.[index], max?.[index]];
  return low == null || high == null ? null : { min: low, max: high };
}

function linesText(count: number): string {
  return counted(charts.lines, count);
}
