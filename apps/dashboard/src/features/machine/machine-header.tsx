import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { fill, messages } from '../../messages/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import type { MachineName } from '../../api/machine-client.ts';
import type { MachineRow } from '../machines/machine-row.ts';
import classes from './machine-header.module.css';

interface HeaderProps {
  readonly name: MachineName;
  /** `undefined`: not read yet. */
  readonly row: MachineRow | undefined;
  /** The ways to other machines. */
  readonly children?: ReactNode;
}

/** Which machine it is, how it is, and the way back to the others. */
export function MachineHeader({ name: { network, machine }, row, children }: HeaderProps) {
  return (
    <div className={classes.header}>
      <div className={classes.ways}>
        <Link to="/" search={{ network }} className={classes.back}>
          <Icon name="back" />
          {fill(messages.machine.back, { network })}
        </Link>
        {children}
      </div>
      <div className={classes.line}>
        <h1 className={classes.name}>
          {row !== undefined && <StateMark state={row.state} />}
          <span>{machine}</span>
        </h1>
        {row !== undefined && row.labels.length > 0 && <Labels labels={row.labels} />}
      </div>
    </div>
  );
}

function Labels({ labels }: Pick<MachineRow, 'labels'>) {
  return (
    <ul className={classes.labels} aria-label={messages.machine.labels}>
      {labels.map(([key, value]) => (
        <li key={key}>
          {key}
          <span aria-hidden="true">=</span>
          <b>{value}</b>
        </li>
      ))}
    </ul>
  );
}
