import { type ReactNode, useId } from 'react';
import classes from './section.module.css';

interface SectionProps {
  readonly title: string;
  /** What it is good for. */
  readonly lead: ReactNode;
  /** What can be done about all of it. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page about one thing: what it is called beside what there is of it. */
export function Section({ title, lead, action, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.about}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        <div className={classes.lead}>{lead}</div>
        {action}
      </div>
      <div className={classes.content}>{children}</div>
    </section>
  );
}
