import type uPlot from 'uplot';
import type { ChartModel } from './chart-model.ts';
import { axisLabels } from './moments.ts';
import { bounds, FEW, lonePoints, type PlotShape, placesOf } from './plot-data.ts';
import { lineLook, type PlotTheme, translucent } from './plot-theme.ts';
import { type ChartUnit, formatValue, gridSteps, valueRange } from './units.ts';

/** What a chart is set up with. */
export interface PlotSetup {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly shape: PlotShape;
  readonly theme: PlotTheme;
  readonly unit: ChartUnit;
  /** The axis of values goes up to it at least. */
  readonly top: number | undefined;
  /** Charts of the same group show the same time at their cursors. */
  readonly group: string | undefined;
  readonly canZoom: boolean;
  /** What is to be drawn, whenever it is drawn. */
  readonly model: () => ChartModel;
  readonly hooks: uPlot.Options['hooks'] & {};
  /** The pointer went down here, and not in another chart of the group. */
  readonly onPress: () => void;
  readonly onDoublePress: () => void;
}

/** Wide enough for "999 MB/s", and the same in all charts, so that one time stands below the other. */
const VALUE_AXIS_PX = 66;
const TIME_AXIS_PX = 26;
const DRAG_PX = 5;
const POINT_PX = 7;
/** Its points at the cursor are hidden; see uplot.css. */
const EDGE_CLASS = 'edge';

export function plotOptions(setup: PlotSetup): uPlot.Options {
  const { widthPx, heightPx, shape, theme, unit, top, model } = setup;
  return {
    width: widthPx,
    height: heightPx,
    padding: [8, 22, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: true, range: () => [model().fromMs / 1000, model().toMs / 1000] },
      y: {
        range: () => {
          const { min, max } = bounds(model());
          return valueRange(unit, min, max, top);
        },
      },
    },
    axes: [timeAxis(theme), valueAxis(theme, unit)],
    series: seriesOptions(shape, theme),
    bands: bandsOf(shape, theme),
    cursor: cursorOf(setup),
    hooks: setup.hooks,
  };
}

function timeAxis({ font, text, axis }: PlotTheme): uPlot.Axis {
  return {
    font,
    stroke: text,
    size: TIME_AXIS_PX,
    gap: 3,
    space: 72,
    grid: { show: false },
    ticks: { stroke: axis, size: 4, width: 1 },
    border: { show: true, stroke: axis, width: 1 },
    values: (_plot, splits, _axis, _space, step) => axisLabels(splits, step),
  };
}

function valueAxis({ font, text, grid }: PlotTheme, unit: ChartUnit): uPlot.Axis {
  return {
    font,
    stroke: text,
    size: VALUE_AXIS_PX,
    gap: 8,
    space: 30,
    grid: { stroke: grid, width: 1 },
    ticks: { show: false },
    incrs: [...gridSteps(unit)],
    values: (_plot, splits) => splits.map(value => formatValue(unit, value)),
  };
}

function seriesOptions(shape: PlotShape, theme: PlotTheme): uPlot.Series[] {
  const edge: uPlot.Series = { class: EDGE_CLASS, width: 0, points: { show: false } };
  const edges = shape.bands.flatMap(has => (has ? [edge, edge] : []));
  const isMany = shape.count > FEW;
  const lines = shape.bands.map((_, index): uPlot.Series => {
    const { colour, dash } = lineLook(theme, index);
    const points: uPlot.Series.Points = {
      show: false,
      filter: (plot, place) => lonePoints(plot.data[place] as (number | null)[]),
      size: 4,
      width: 0,
      fill: isMany ? theme.many : colour,
    };
    if (isMany) return { stroke: translucent(theme.many, shareOf(shape.count)), width: 1, points };
    return { stroke: colour, width: 1.6, dash: [...dash], points };
  });
  return [{}, ...edges.map(one => ({ ...one })), ...lines];
}

/** The more lines, the fainter each: where many are, it is darker. */
function shareOf(count: number): number {
  return Math.max(0.2, Math.min(0.75, 3 / Math.sqrt(count)));
}

function bandsOf(shape: PlotShape, theme: PlotTheme): uPlot.Band[] {
  const share = shape.count === 1 ? 0.2 : 0.13;
  return placesOf(shape).edges.flatMap((place, index): uPlot.Band[] =>
    place === null ? [] : [{ series: [place, place + 1], fill: translucent(lineLook(theme, index).colour, share) }],
  );
}

function cursorOf({ shape, theme, group, canZoom, onPress, onDoublePress }: PlotSetup): uPlot.Cursor {
  const { lines } = placesOf(shape);
  const sync: uPlot.Cursor.Sync | undefined =
    group === undefined
      ? undefined
      : {
          key: group,
          setSeries: false,
          scales: ['x', null],
          // A drag belongs to the chart it began in.
          filters: { pub: type => type === 'mousemove' || type === 'mouseleave' },
        };
  return {
    y: false,
    drag: { x: canZoom, y: false, setScale: false, dist: DRAG_PX },
    points: {
      // uPlot makes them itself, unless it is told not to.
      ...(shape.count > FEW ? { show: false } : {}),
      size: (_plot, place) => (lines.includes(place) ? POINT_PX : 0),
      fill: (_plot, place) => lineLook(theme, lines.indexOf(place)).colour,
      stroke: (_plot, place) => lineLook(theme, lines.indexOf(place)).colour,
    },
    bind: {
      mousedown: (_plot, _target, handle) => event => {
        if (event.button === 0) {
          onPress();
          handle(event);
        }
        return null;
      },
      dblclick: () => () => {
        onDoublePress();
        return null;
      },
    },
    ...(sync === undefined ? {} : { sync }),
  };
}
