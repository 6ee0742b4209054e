import type { SpanKind } from './chart-model.ts';

/** What a canvas is painted with: it knows no CSS variables. */
export interface PlotTheme {
  readonly font: string;
  readonly text: string;
  readonly grid: string;
  readonly axis: string;
  /** In the order of the lines. */
  readonly lines: readonly string[];
  readonly many: string;
  readonly spans: Readonly<Record<SpanKind, string>>;
}

/** The dashes of the lines, in their order, so that they are told apart without colour. */
export const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3]];

/** The colours of the page as it is painted now. */
export function readTheme(): PlotTheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    // Whole pixels: uPlot multiplies only what stands right before "px".
    font: `12px ${token('font')}`,
    text: token('dim'),
    grid: token('chart-grid'),
    axis: token('line-strong'),
    lines: [token('chart-1'), token('chart-2'), token('chart-3'), token('chart-4')],
    many: token('chart-many'),
    spans: {
      unreachable: token('state-down'),
      unobserved: token('state-unknown'),
      maintenance: token('state-maintenance'),
      missing: token('bar'),
      filled: token('state-degraded'),
    },
  };
}

/** How a line looks that is the nth of its chart. */
export function lineLook(theme: PlotTheme, index: number): { colour: string; dash: readonly number[] } {
  return { colour: theme.lines[index % theme.lines.length] ?? '', dash: DASHES[index % DASHES.length] ?? [] };
}

/** Some of a colour that is written as `#rrggbb`. */
export function translucent(colour: string, share: number): string {
  return `${colour}${Math.round(share * 255)
    .toString(16)
    .padStart(2, '0')}`;
}
