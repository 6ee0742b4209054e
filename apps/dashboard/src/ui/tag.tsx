import type { ReactNode } from 'react';
import classes from './tag.module.css';

/** A word about something, beside its name. */
export function Tag({ children, tone = 'plain' }: { children: ReactNode; tone?: 'plain' | 'accent' | 'warning' }) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  );
}
