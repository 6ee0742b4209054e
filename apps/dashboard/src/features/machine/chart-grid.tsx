import type { ReactNode } from 'react';
import classes from './chart-grid.module.css';

interface GridProps {
  readonly title: string;
  /** Beside the title: what is shown, and how it is chosen. */
  readonly head: ReactNode;
  readonly children: ReactNode;
}

/** Charts side by side, as many as there is room for. */
export function ChartGrid({ children, ...props }: GridProps) {
  return (
    <Section {...props}>
      <div className={classes.grid}>{children}</div>
    </Section>
  );
}

/** In place of charts that would all be empty: why, once. */
export function NoCharts({ children, ...props }: GridProps) {
  return (
    <Section {...props}>
      <p className={classes.none}>{children}</p>
    </Section>
  );
}

function Section({ title, head, children }: GridProps) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.head}>{head}</div>
      {children}
    </section>
  );
}
