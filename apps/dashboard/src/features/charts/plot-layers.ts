import uPlot from 'uplot';
import type { ChartModel, Span } from './chart-model.ts';
import { type PlotTheme, translucent } from './plot-theme.ts';

const TILE_PX = 7;
/** However short it was, a gap can be seen. */
const LEAST_PX = 2.5;
/** How high marks of a part are, and how far above the bottom: below them is room for what was filled. */
const PART_PX = 4;
const PART_FROM_PX = 5;

type Patterns = Map<string, CanvasPattern | null>;

/** What is drawn beside the lines. */
export class PlotLayers {
  readonly #theme: PlotTheme;
  readonly #patterns: Patterns = new Map();

  constructor(theme: PlotTheme) {
    this.#theme = theme;
  }

  /** Below the lines: where values are missing, hatched from top to bottom. */
  drawGaps(plot: uPlot, spans: readonly Span[]): void {
    const { ctx, bbox } = plot;
    ctx.save();
    for (const span of spans) {
      const { left, width } = stretchOf(plot, span);
      if (width <= 0 || span.minutes !== null) continue;
      const colour = this.#theme.spans[span.kind];
      for (const fill of [translucent(colour, 0.09), this.#hatch(ctx, colour) ?? translucent(colour, 0.3)]) {
        ctx.fillStyle = fill;
        ctx.fillRect(left, bbox.top, width, bbox.height);
      }
    }
    ctx.restore();
  }

  /** Over the lines: marks above the bottom, where a part of a point's time is missing. */
  drawPartialGaps(plot: uPlot, spans: readonly Span[]): void {
    const { ctx, bbox } = plot;
    const ratio = uPlot.pxRatio;
    ctx.save();
    for (const span of spans) {
      const { left, width } = stretchOf(plot, span);
      if (width <= 0 || span.minutes === null) continue;
      ctx.fillStyle = this.#theme.spans[span.kind];
      ctx.fillRect(left, bbox.top + bbox.height - (PART_FROM_PX + PART_PX) * ratio, width, PART_PX * ratio);
    }
    ctx.restore();
  }

  /** A dotted line along the bottom, where values came later. */
  drawFilled(plot: uPlot, filled: readonly Span[]): void {
    const { ctx, bbox } = plot;
    const ratio = uPlot.pxRatio;
    ctx.save();
    ctx.strokeStyle = this.#theme.spans.filled;
    ctx.lineWidth = 3 * ratio;
    ctx.setLineDash([2 * ratio, 2 * ratio]);
    ctx.beginPath();
    for (const span of filled) {
      const { left, width } = stretchOf(plot, span);
      if (width <= 0) continue;
      const y = bbox.top + bbox.height - 1.5 * ratio;
      ctx.moveTo(left, y);
      ctx.lineTo(left + Math.max(width, 4 * ratio), y);
    }
    ctx.stroke();
    ctx.restore();
  }

  /** One of very many lines, over all others. */
  drawHighlight(plot: uPlot, { times, series }: ChartModel, key: string | null): void {
    const points = series.find(one => one.key === key)?.avg;
    if (points === undefined) return;
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.strokeStyle = this.#theme.lines[0] ?? '';
    ctx.lineWidth = 2.2 * uPlot.pxRatio;
    ctx.lineJoin = 'round';
    ctx.beginPath();
    let isDrawing = false;
    for (const [index, value] of points.entries()) {
      if (value !== null) {
        const [x, y] = [plot.valToPos(times[index] ?? 0, 'x', true), plot.valToPos(value, 'y', true)];
        if (isDrawing) ctx.lineTo(x, y);
        else ctx.moveTo(x, y);
      }
      isDrawing = value !== null;
    }
    ctx.stroke();
    ctx.restore();
  }

  #hatch(ctx: CanvasRenderingContext2D, colour: string): CanvasPattern | null {
    const key = `${colour} ${uPlot.pxRatio}`;
    if (!this.#patterns.has(key)) this.#patterns.set(key, hatch(ctx, translucent(colour, 0.5)));
    return this.#patterns.get(key) ?? null;
  }
}

/** Where a stretch of time is on the canvas, as far as it is in the picture. */
function stretchOf(plot: uPlot, { fromMs, toMs }: Span): { left: number; width: number } {
  const { left, width } = plot.bbox;
  const from = Math.max(left, plot.valToPos(fromMs / 1000, 'x', true));
  const to = Math.min(left + width, plot.valToPos(toMs / 1000, 'x', true));
  if (to < left || from > left + width) return { left: from, width: 0 };
  return { left: from, width: Math.max(LEAST_PX * uPlot.pxRatio, to - from) };
}

/** A tile of slanted strokes that meets itself on every side. */
function hatch(ctx: CanvasRenderingContext2D, colour: string): CanvasPattern | null {
  const size = Math.round(TILE_PX * uPlot.pxRatio);
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const brush = tile.getContext('2d');
  if (brush === null) return null;
  brush.strokeStyle = colour;
  brush.lineWidth = uPlot.pxRatio;
  brush.beginPath();
  for (const shift of [-size, 0, size]) {
    brush.moveTo(shift - 1, size + 1);
    brush.lineTo(shift + size + 1, -1);
  }
  brush.stroke();
  return ctx.createPattern(tile, 'repeat');
}
