import { type ReactNode, useCallback, useId, useRef, useState } from 'react';
import classes from './explain.module.css';

const GAP_PX = 6;
const MARGIN_PX = 12;
const WIDTH_PX = 400;
/** A word further down than this share of the window is explained above it. */
const LOW = 0.6;

interface ExplainProps {
  /** What stands in the page, and what is pressed. */
  readonly label: ReactNode;
  /** What a pointer that rests on it is told, and who cannot see a label that is more than text. */
  readonly hint: string;
  readonly className?: string | undefined;
  /** What it says when pressed. */
  readonly children: ReactNode;
}

/** A word with more behind it: by mouse, touch and keyboard alike. Esc or a press elsewhere closes it. */
export function Explain({ label, hint, className, children }: ExplainProps) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const hide = useCallback(() => card.current?.hidePopover(), []);
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        className={`${classes.word} ${className ?? ''}`}
        title={hint}
        aria-label={typeof label === 'string' ? undefined : hint}
      >
        {label}
      </button>
      <div
        ref={card}
        id={id}
        popover="auto"
        className={classes.card}
        onBeforeToggle={event => {
          setIsOpen(event.newState === 'open');
          if (event.newState === 'open' && button.current !== null) place(event.currentTarget, button.current);
        }}
        onToggle={event => {
          // It belongs to a place that is scrolling away.
          if (event.newState === 'open') addEventListener('scroll', hide, { once: true });
          else removeEventListener('scroll', hide);
        }}
      >
        {isOpen && children}
      </div>
    </>
  );
}

/** Next to the button, and inside of the window. */
function place(card: HTMLElement, button: HTMLElement): void {
  const { left, top, bottom } = button.getBoundingClientRect();
  // Of the body: without the room that is kept for a scrollbar.
  const roomPx = document.body.clientWidth - 2 * MARGIN_PX;
  const widthPx = Math.min(WIDTH_PX, roomPx);
  const isLow = bottom > LOW * innerHeight;
  card.style.maxWidth = `${widthPx}px`;
  card.style.left = `${Math.max(MARGIN_PX, Math.min(left, MARGIN_PX + roomPx - widthPx))}px`;
  card.style.top = isLow ? 'auto' : `${bottom + GAP_PX}px`;
  card.style.bottom = isLow ? `${innerHeight - top + GAP_PX}px` : 'auto';
}
