import uPlot from 'uplot';
import type { ChartModel } from './chart-model.ts';
import { dataOf, FEW, nearestLine, shapeOf } from './plot-data.ts';
import { PlotLayers } from './plot-layers.ts';
import { plotOptions } from './plot-options.ts';
import { readTheme } from './plot-theme.ts';
import type { ChartUnit } from './units.ts';

/** How a chart is set up; another of these needs another chart. */
export interface PlotLook {
  readonly unit: ChartUnit;
  readonly top: number | undefined;
  readonly group: string | undefined;
  readonly canZoom: boolean;
}

/** What a chart tells. */
export interface PlotListener {
  /** The cursor is at another point; `null`: nowhere. */
  cursor(index: number | null): void;
  /** Another line is nearest to the pointer. Told of many lines only. */
  near(key: string | null): void;
  /** A stretch of time was drawn, from one second of the Unix epoch to another. */
  drawn(fromS: number, toS: number): void;
  doublePressed(): void;
}

const NEAR_PX = 24;
const NOWHERE = { left: -10, top: -10 };

/** A chart on a canvas that is as wide and as high as its element. It is set up once; new values are put into it. */
export class Plot {
  readonly #host: HTMLElement;
  readonly #listener: PlotListener;
  readonly #plot: uPlot;
  readonly #observer: ResizeObserver;
  readonly #group: string | undefined;
  #model: ChartModel;
  #highlight: string | null = null;
  #near: string | null = null;
  #isPressed = false;

  constructor(host: HTMLElement, model: ChartModel, look: PlotLook, listener: PlotListener) {
    this.#host = host;
    this.#listener = listener;
    this.#model = model;
    this.#group = look.group;
    this.#plot = this.#create(look);
    this.#plot.over.addEventListener('pointermove', this.#onTouch);
    this.#observer = new ResizeObserver(() => this.#fit());
    this.#observer.observe(host);
  }

  /** Draws other values of the same shape. */
  show(model: ChartModel): void {
    if (model === this.#model) return;
    this.#model = model;
    this.#plot.setData(dataOf(model));
  }

  /** Draws one of many lines over the others. */
  highlight(key: string | null): void {
    if (key === this.#highlight) return;
    this.#highlight = key;
    this.#plot.redraw(false, false);
  }

  /** Puts the cursor at a point, here and in the other charts of the group; `null`: away. */
  moveTo(index: number | null): void {
    const at = index === null ? undefined : this.#model.times[index];
    if (at === undefined) {
      for (const plot of this.#together()) plot.setCursor(NOWHERE);
      return;
    }
    for (const plot of this.#together()) {
      plot.setCursor({ left: plot.valToPos(at, 'x'), top: plot.over.clientHeight / 2 });
    }
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#plot.destroy();
  }

  #create(look: PlotLook): uPlot {
    const model = (): ChartModel => this.#model;
    const layers = new PlotLayers(readTheme());
    const options = plotOptions({
      ...look,
      ...this.#size(),
      shape: shapeOf(this.#model),
      theme: readTheme(),
      model,
      hooks: {
        drawAxes: [plot => layers.drawGaps(plot, model().spans)],
        draw: [
          plot => layers.drawPartialGaps(plot, model().spans),
          plot => layers.drawFilled(plot, model().filled),
          plot => layers.drawHighlight(plot, model(), this.#highlight),
        ],
        setCursor: [plot => this.#cursorMoved(plot)],
        setSelect: [plot => this.#selected(plot)],
      },
      onPress: () => {
        this.#isPressed = true;
      },
      onDoublePress: () => this.#listener.doublePressed(),
    });
    return new uPlot(options, dataOf(this.#model), this.#host);
  }

  #size(): { widthPx: number; heightPx: number } {
    return { widthPx: this.#host.clientWidth, heightPx: this.#host.clientHeight };
  }

  /** The observer tells the first size too, which is known already. */
  #fit(): void {
    const { widthPx, heightPx } = this.#size();
    if (widthPx === 0 || (widthPx === this.#plot.width && heightPx === this.#plot.height)) return;
    this.#plot.setSize({ width: widthPx, height: heightPx });
  }

  #cursorMoved(plot: uPlot): void {
    const index = plot.cursor.idx ?? null;
    this.#listener.cursor(index);
    if (this.#model.series.length <= FEW) return;
    const near = index === null || plot.cursor.event === undefined ? null : this.#nearest(plot, index);
    if (near === this.#near) return;
    this.#near = near;
    this.#listener.near(near);
  }

  #nearest(plot: uPlot, index: number): string | null {
    const topPx = plot.cursor.top ?? 0;
    return nearestLine(this.#model, index, { topPx, withinPx: NEAR_PX, toPx: value => plot.valToPos(value, 'y') });
  }

  #selected(plot: uPlot): void {
    const { left, width } = plot.select;
    const wasPressed = this.#isPressed;
    this.#isPressed = false;
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    if (wasPressed && width > 0) this.#listener.drawn(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
  }

  /** uPlot listens to the mouse only. A finger moves the cursor; up and down it scrolls the page. */
  readonly #onTouch = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch') return;
    const { left, top } = this.#plot.over.getBoundingClientRect();
    this.#moveToPx(event.clientX - left, event.clientY - top);
  };

  #moveToPx(left: number, top: number): void {
    const at = this.#plot.posToVal(left, 'x');
    for (const plot of this.#together()) plot.setCursor({ left: plot.valToPos(at, 'x'), top });
  }

  #together(): readonly uPlot[] {
    return this.#group === undefined ? [this.#plot] : uPlot.sync(this.#group).plots;
  }
}
