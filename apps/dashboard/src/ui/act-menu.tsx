import type { ReactNode } from 'react';
import classes from './act-menu.module.css';
import { Icon } from './icon.tsx';
import { PopCard } from './pop-card.tsx';

interface CardProps {
  /** What is behind the three dots, and of what. */
  readonly hint: string;
  readonly children: ReactNode;
}

/** Three dots at the end of a line, and what there is no room for in it. */
export function MoreCard({ hint, children }: CardProps) {
  return (
    <PopCard side="end" className={classes.more ?? ''} hint={hint} label={<Icon name="more" />}>
      {children}
    </PopCard>
  );
}

/** What can be done about one thing: {@link Act}s and links, each a line. */
export function ActMenu({ hint, children }: CardProps) {
  return (
    <MoreCard hint={hint}>
      <ul className={classes.menu}>{children}</ul>
    </MoreCard>
  );
}

interface ActProps {
  /** What cannot be taken back looks like it. */
  readonly isFinal?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

/** Closes the menu and does something. */
export function Act({ isFinal = false, onPress, children }: ActProps) {
  return (
    <li>
      <button
        type="button"
        data-final={isFinal || undefined}
        onClick={event => {
          // First, so that the focus is on the button of the menu, to which it comes back after a dialog.
          event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
          onPress();
        }}
      >
        {children}
      </button>
    </li>
  );
}
