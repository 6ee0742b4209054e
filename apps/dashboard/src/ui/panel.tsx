import type { ReactNode } from 'react';
import classes from './panel.module.css';

/** What holds a table and everything that belongs to it; at phone width as wide as the window. */
export function Panel({ children }: { children: ReactNode }) {
  return <div className={classes.panel}>{children}</div>;
}
