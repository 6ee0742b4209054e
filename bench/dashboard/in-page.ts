/**
 * What runs in the page itself. Each function is sent there as text, so it uses nothing from outside of itself; what it
 * found stands in `globalThis.bench`.
 */

/** What stands in the page. Times in ms of its `performance.now()`. */
interface Bench {
  /** The frame in which what was waited for was painted. */
  firstAt?: number;
  /** When the pointer went down last. */
  pressedAt?: number;
  /** The frame in which a canvas was painted last. */
  painted?: Map<HTMLCanvasElement, number>;
  /** How long each task took that took longer than 50 ms. */
  longTasks?: number[];
  /** The seconds in which something of the page changed. */
  changedIn?: Set<number>;
}

declare global {
  var bench: Bench | undefined;
}

/** Before a page begins: notes the end of the first frame that shows this. */
export function awaitFirst(selector: string): void {
  const look = (): void => {
    if (document.querySelector(selector) === null) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      // A message is taken when the frame has been painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        globalThis.bench = { ...globalThis.bench, firstAt: performance.now() };
      };
      port2.postMessage(null);
    });
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
}

/** What {@link awaitFirst} has noted; nothing: not yet. */
export function firstAt(): number | undefined {
  return globalThis.bench?.firstAt;
}

/** Before a page begins: notes when the pointer goes down and when each canvas is painted. */
export function watchCharts(): void {
  const painted = new Map<HTMLCanvasElement, number>();
  const bench: Bench = { painted };
  globalThis.bench = bench;
  addEventListener('pointerdown', event => void (bench.pressedAt = event.timeStamp), { capture: true });
  const drawn = new Set<HTMLCanvasElement>();
  const note = (canvas: HTMLCanvasElement): void => {
    drawn.add(canvas);
    if (drawn.size > 1) return;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        for (const one of drawn) painted.set(one, performance.now());
        drawn.clear();
      };
      port2.postMessage(null);
    });
  };
  for (const name of ['clearRect', 'stroke'] as const) {
    const draw = Reflect.get(CanvasRenderingContext2D.prototype, name) as (...args: unknown[]) => void;
    Reflect.set(
      CanvasRenderingContext2D.prototype,
      name,
      function (this: CanvasRenderingContext2D, ...args: unknown[]) {
        note(this.canvas);
        Reflect.apply(draw, this, args);
      },
    );
  }
}

/** How the charts are that are in the window. */
export interface Charts {
  readonly count: number;
  /** From the pointer to the frame with the last of them; `null`: one was not painted since. */
  readonly ms: number | null;
  /** How long none of them has been painted. */
  readonly quietMs: number;
}

/** `null`: some are still waiting for their values. */
export function chartsSincePress(): Charts | null {
  const { painted, pressedAt = Infinity } = globalThis.bench ?? {};
  const isSeen = (element: Element): boolean => {
    const { top, bottom, height } = element.getBoundingClientRect();
    return height > 0 && bottom > 0 && top < innerHeight;
  };
  const isWaiting = [...document.querySelectorAll('[aria-busy=true], [data-stale=true]')].some(isSeen);
  if (isWaiting) return null;
  const times = [...document.querySelectorAll('canvas')].filter(isSeen).map(canvas => painted?.get(canvas) ?? 0);
  const last = Math.max(...times);
  const isAll = times.length > 0 && Math.min(...times) > pressedAt;
  return { count: times.length, ms: isAll ? last - pressedAt : null, quietMs: performance.now() - last };
}

/** Before a page begins: notes long tasks, and the seconds in which what is shown changes. */
export function watchWork(): void {
  const longTasks: number[] = [];
  const changedIn = new Set<number>();
  globalThis.bench = { longTasks, changedIn };
  new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) longTasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  new MutationObserver(() => void changedIn.add(Math.floor(performance.now() / 1000))).observe(document, {
    characterData: true,
    childList: true,
    subtree: true,
  });
}

/** What {@link watchWork} has noted since it was asked last. */
export interface Work {
  readonly longTasks: readonly number[];
  readonly changedSeconds: number;
}

export function takeWork(): Work {
  const { longTasks = [], changedIn = new Set() } = globalThis.bench ?? {};
  const work = { longTasks: longTasks.splice(0), changedSeconds: changedIn.size };
  changedIn.clear();
  return work;
}
