import { useRouter } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import type { RowPage } from './list-kind.ts';

/** What is asked for by hand is what a click on it does, whatever is around it. */
const CONTROLS = 'a, button, input, select, summary, [popover]';

const STEPS: Readonly<Record<string, -1 | 1>> = { ArrowDown: 1, ArrowUp: -1 };

/** A pointer that stays this long on a row may well press it. */
const INTENT_MS = 60;

/** The handlers that the element around rows needs. */
export interface RowHandlers {
  readonly onClick: (event: React.MouseEvent<HTMLElement>) => void;
  readonly onKeyDown: (event: React.KeyboardEvent<HTMLElement>) => void;
  readonly onPointerOver: (event: React.PointerEvent<HTMLElement>) => void;
}

/**
 * Makes whole rows do what the link in them does. Nothing lies above the row, so its texts can be selected and what else
 * can be pressed in it can be pressed. The arrow keys go from link to link.
 */
export function useRowPress(
  pageOf: ((network: string, name: string) => RowPage) | undefined,
  network: string,
): RowHandlers {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useMemo(() => {
    let aimedAt: string | undefined;
    const onPointerOver = ({ target }: React.PointerEvent<HTMLElement>): void => {
      const name = rowOf(target)?.dataset['row'];
      if (name === aimedAt) return;
      aimedAt = name;
      clearTimeout(timer.current);
      if (name === undefined || pageOf === undefined) return;
      // What cannot be made ready now is read, and fails aloud, when it is opened.
      timer.current = setTimeout(() => void router.preloadRoute(pageOf(network, name)).catch(() => {}), INTENT_MS);
    };
    return { onClick: pressRow, onKeyDown: moveFocus, onPointerOver };
  }, [router, pageOf, network]);
}

function pressRow(event: React.MouseEvent<HTMLElement>): void {
  if (!(event.target instanceof Element) || event.target.closest(CONTROLS) !== null) return;
  // The end of a selection is no press.
  if (getSelection()?.isCollapsed === false) return;
  const { ctrlKey, metaKey, shiftKey } = event;
  linkOf(rowOf(event.target))?.dispatchEvent(
    new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }),
  );
}

function moveFocus(event: React.KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')];
  const current = links.indexOf(event.target as HTMLElement);
  if (current === -1) return;
  // Also at an end of what is in the page: the window must not scroll away from the row that has the focus.
  event.preventDefault();
  links[current + step]?.focus();
}

function rowOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
}

function linkOf(row: Element | null): HTMLElement | null {
  return row?.querySelector<HTMLElement>('[data-row-link]') ?? null;
}
