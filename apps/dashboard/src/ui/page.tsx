import type { ReactNode } from 'react';
import classes from './page.module.css';

/** What is below the bar: one thing under the other, as wide as can still be read. */
export function Page({ children }: { children: ReactNode }) {
  return (
    <main className={classes.page} id="main">
      {children}
    </main>
  );
}

interface PageHeaderProps {
  readonly title: ReactNode;
  /** What the page shows, in one sentence. */
  readonly lead?: string | undefined;
  /** What can be done about the whole page. */
  readonly children?: ReactNode;
}

/** What a page is called, and what can be done about the whole of it. */
export function PageHeader({ title, lead, children }: PageHeaderProps) {
  return (
    <div className={classes.header}>
      <h1 className={classes.title}>{title}</h1>
      {children}
      {lead !== undefined && <p className={classes.lead}>{lead}</p>}
    </div>
  );
}
