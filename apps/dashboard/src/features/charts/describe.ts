import { counted, fill, messages } from '../../messages/text.ts';
import { formatDuration } from '../../ui/format.ts';
import { type ChartModel, extremesOf, lastOf, type ModelSeries, type Span } from './chart-model.ts';
import { rangeLabel } from './moments.ts';
import { type ChartUnit, formatOr, formatValue } from './units.ts';

const { charts } = messages;
/** More lines than these are not told one by one. */
const TOLD = 4;

/** What a chart shows, in a sentence. */
export function describeChart(title: string, unit: ChartUnit, model: ChartModel): string {
  const { spans, series } = model;
  const gaps = spans.length === 0 ? charts.noGaps : counted(charts.gaps, spans.length);
  const told = series.length > TOLD ? describeMany(unit, series) : series.map(one => describeSeries(unit, one, series));
  return fill(charts.summary, { title, ...rangeLabel(model), series: told.join('. '), gaps });
}

/** What there is to say about a stretch of time. */
export function describeSpan({ kind, reason, conclusion, minutes }: Span): string {
  const why = reason === null ? null : reasonText(reason);
  const text = [spanText(kind, why), kind === 'filled' ? null : conclusionText(conclusion)].filter(
    part => part !== null,
  );
  if (minutes === null) return text.join('; ');
  return fill(charts.partOfIt, { text: text.join('; '), part: formatDuration(minutes * 60) });
}

/** A resolution in words: "10 minutes". */
export function describeStep(stepMs: number): string {
  const { second, minute, hour, day } = charts.step;
  const units = [
    [86_400_000, day],
    [3_600_000, hour],
    [60_000, minute],
  ] as const;
  const [sizeMs, forms] = units.find(([size]) => stepMs >= size && stepMs % size === 0) ?? [1_000, second];
  return counted(forms, stepMs / sizeMs);
}

function describeMany(unit: ChartUnit, series: readonly ModelSeries[]): string[] {
  const all = series.flatMap(one => extremesOf(one) ?? []);
  if (all.length === 0) return [charts.summaryNone];
  const min = formatValue(unit, Math.min(...all.map(one => one.min)));
  const max = formatValue(unit, Math.max(...all.map(one => one.max)));
  return [counted(charts.summaryMany, series.length, { min, max })];
}

function describeSeries(unit: ChartUnit, one: ModelSeries, all: readonly ModelSeries[]): string {
  const extremes = extremesOf(one);
  if (extremes === null) return all.length === 1 ? charts.summaryNone : `${one.label}: ${charts.summaryNone}`;
  return fill(all.length === 1 ? charts.summaryOne : charts.summarySeries, {
    label: one.label,
    last: formatOr(unit, lastOf(one.avg), charts.noValue),
    min: formatValue(unit, extremes.min),
    max: formatValue(unit, extremes.max),
  });
}

function spanText(kind: Span['kind'], why: string | null): string {
  const { spanText: texts } = charts;
  if (why !== null && kind === 'unreachable') return fill(texts.unreachableWhy, { reason: why });
  if (why !== null && kind === 'filled') return fill(texts.filledWhy, { reason: why });
  return texts[kind];
}

/** A reason that this page does not know yet is shown as the server names it. */
function reasonText(reason: string): string {
  const words: Readonly<Record<string, string>> = messages.reason;
  return words[reason] ?? reason.replaceAll('_', ' ');
}

function conclusionText(conclusion: string | null): string | null {
  const texts: Readonly<Record<string, string>> = charts.conclusion;
  return conclusion === null ? null : (texts[conclusion] ?? null);
}
