import type { ReactNode } from 'react';
import { Explain } from '../../ui/explain.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import classes from './name-line.module.css';
import type { StateRow } from './state-row.ts';

interface NameLineProps {
  readonly row: StateRow;
  /** The name as a link to the page about it. */
  readonly link?: ReactNode;
  /** What is told of it when its name is pressed. */
  readonly card?: ReactNode;
  /** What stands behind the name. */
  readonly children?: ReactNode;
}

/** The mark of a row's state and its name. */
export function NameLine({ row, link, card, children }: NameLineProps) {
  return (
    <div className={classes.nameLine}>
      <StateMark state={row.state} />
      {link !== undefined && <span className={classes.nameText}>{link}</span>}
      {card !== undefined && (
        <Explain label={row.name} hint={row.name} className={`${classes.nameText} ${classes.nameButton}`}>
          {card}
        </Explain>
      )}
      {children}
    </div>
  );
}
