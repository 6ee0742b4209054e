import { type ComponentType, lazy, type LazyExoticComponent } from 'react';

const ACTS = ['pointermove', 'pointerdown', 'keydown'] as const;

/**
 * A part of a page that somebody has to ask for, to be drawn in a `LatePart`. It is loaded as soon as anything is moved or
 * pressed: the page is there before it, and with a mouse it is there before it is asked for.
 */
export function lazyOnAct<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  const begin = (): void => {
    for (const act of ACTS) removeEventListener(act, begin);
    // It is missed when it is asked for.
    load().catch(() => undefined);
  };
  for (const act of ACTS) addEventListener(act, begin);
  return lazy(async () => ({ default: await load() }));
}
