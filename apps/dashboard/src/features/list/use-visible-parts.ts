import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ListPart } from './groups.ts';
import { offsetsOf, type Span, spanBetween } from './visible-span.ts';

/** So much above and below the window is in the page too, for whoever scrolls fast or goes on by key. */
const AROUND_PX = 300;

const NOTHING: Span = { first: 0, end: 0 };

interface VisibleOptions {
  /** What holds the parts and nothing else. */
  readonly element: React.RefObject<HTMLElement | null>;
  readonly parts: readonly ListPart[];
  readonly headPx: number;
  readonly rowPx: number;
  /** Told which names are in the page, whenever that changes. */
  readonly onWatch: (names: readonly string[]) => void;
}

/** A part, and its place among all. */
export interface VisiblePart {
  readonly part: ListPart;
  readonly index: number;
}

/** The parts of a list that are in view, and how much room is to be kept for the others. */
export function useVisibleParts({ element, parts, headPx, rowPx, onWatch }: VisibleOptions) {
  const offsets = useMemo(() => offsetsOf(parts, headPx, rowPx), [parts, headPx, rowPx]);
  const { first, end } = useSpan(element, offsets);
  const visible = parts.slice(first, end).map((part, place): VisiblePart => ({ part, index: first + place }));
  useReportWatched(visible, onWatch);
  const lengthPx = offsets.at(-1) ?? 0;
  const beforePx = offsets[first] ?? lengthPx;
  return { visible, beforePx, afterPx: lengthPx - (offsets[end] ?? lengthPx) };
}

function useSpan(element: React.RefObject<HTMLElement | null>, offsets: readonly number[]): Span {
  const [span, setSpan] = useState(NOTHING);
  useLayoutEffect(() => {
    const measured = (): Span => {
      const topPx = element.current?.getBoundingClientRect().top ?? 0;
      return spanBetween(offsets, -topPx - AROUND_PX, innerHeight - topPx + AROUND_PX);
    };
    let shown = measured();
    setSpan(shown);
    const follow = (): void => {
      const next = measured();
      if (next.first === shown.first && next.end === shown.end) return;
      shown = next;
      // In the frame that is being scrolled to, not in the one after it.
      flushSync(() => setSpan(next));
    };
    addEventListener('scroll', follow, { passive: true });
    addEventListener('resize', follow);
    // What comes or goes above the list moves it.
    const observer = new ResizeObserver(follow);
    observer.observe(document.body);
    return () => {
      removeEventListener('scroll', follow);
      removeEventListener('resize', follow);
      observer.disconnect();
    };
  }, [element, offsets]);
  return span;
}

function useReportWatched(visible: readonly VisiblePart[], onWatch: (names: readonly string[]) => void): void {
  const key = visible.flatMap(({ part }) => (part.kind === 'rows' ? part.names : [])).join('\n');
  useEffect(() => onWatch(key === '' ? [] : key.split('\n')), [key, onWatch]);
}
