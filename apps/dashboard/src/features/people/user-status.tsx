import type { ReactNode } from 'react';
import type { User } from '../../api/people-client.ts';
import { messages } from '../../messages/text.ts';
import classes from './users-page.module.css';

type Status = User['status'];

/** Each has its own shape, so that it is told apart without colour: disc, ring, bar. */
const SHAPES: Readonly<Record<Status, ReactNode>> = {
  active: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  invited: (
    <circle cx="6" cy="6" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.8" strokeDasharray="2.6 1.9" />
  ),
  disabled: <path d="M2 6h8" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />,
};

/** Whether an account can be used. */
export function UserStatus({ status }: { status: Status }) {
  const { state, stateHint } = messages.people.users;
  return (
    <span className={classes.state} data-state={status} title={stateHint[status]}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {SHAPES[status]}
      </svg>
      {state[status]}
    </span>
  );
}
