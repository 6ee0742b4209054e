import type { ReactNode } from 'react';
import classes from './notice.module.css';

/** A page-wide statement in place of content: what is the case, and what can be done about it. */
export function Notice({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <section className={classes.notice}>
      <h2 className={classes.title}>{title}</h2>
      <div className={classes.text}>{children}</div>
      {action}
    </section>
  );
}

/**
 * One line above the content that concerns all of it.
 *
 * @param tone a `warning` is new and said aloud; a `caution` has been the case all along
 */
export function Banner({ tone, children }: { tone: 'caution' | 'warning'; children: ReactNode }) {
  return (
    <p className={classes.banner} role={tone === 'warning' ? 'alert' : 'note'}>
      {children}
    </p>
  );
}
