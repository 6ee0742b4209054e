import { type ReactNode, useCallback, useId, useRef, useState } from 'react';
import classes from './pop-card.module.css';

const GAP_PX = 6;
const MARGIN_PX = 12;
const WIDTH_PX = 400;
/** A button further down than this share of the window has its card above it. */
const LOW = 0.6;

type Side = 'start' | 'end';

interface PopCardProps {
  /** What stands in the page, and what is pressed. */
  readonly label: ReactNode;
  /** What a pointer that rests on it is told, and who cannot see a label that is more than text. */
  readonly hint: string;
  readonly className: string;
  /** Which edge of the button the card keeps to. */
  readonly side?: Side;
  /** What it shows when pressed. */
  readonly children: ReactNode;
}

/** A button with a card behind it: by mouse, touch and keyboard alike. Esc or a press elsewhere closes it. */
export function PopCard({ label, hint, className, side = 'start', children }: PopCardProps) {
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
        className={className}
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
          if (event.newState === 'open' && button.current !== null) place(event.currentTarget, button.current, side);
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
function place(card: HTMLElement, button: HTMLElement, side: Side): void {
  const { left, right, top, bottom } = button.getBoundingClientRect();
  // Of the body: without the room that is kept for a scrollbar.
  const windowPx = document.body.clientWidth;
  const roomPx = windowPx - 2 * MARGIN_PX;
  const widthPx = Math.min(WIDTH_PX, roomPx);
  const isLow = bottom > LOW * innerHeight;
  // How wide it is going to be is not known yet: as far from its edge as there is room for the widest.
  const inside = (wishPx: number): string => `${Math.max(MARGIN_PX, Math.min(wishPx, MARGIN_PX + roomPx - widthPx))}px`;
  card.style.maxWidth = `${widthPx}px`;
  if (side === 'end') card.style.right = inside(windowPx - right);
  else card.style.left = inside(left);
  card.style.top = isLow ? 'auto' : `${bottom + GAP_PX}px`;
  card.style.bottom = isLow ? `${innerHeight - top + GAP_PX}px` : 'auto';
}
