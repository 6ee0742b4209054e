import { useState } from 'react';
import { fill, messages } from '../../messages/text.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import classes from './account.module.css';
import { ALERT_ID } from './account-form.tsx';
import { NO_PROBLEM } from './form-problem.ts';
import { LEAST, type LengthVerdict, lengthVerdict, MOST } from './password-length.ts';
import type { Attempt } from './use-sending.ts';

interface NewPasswordProps {
  readonly label: string;
  readonly attempt: Pick<Attempt<unknown>, 'problem' | 'refuse'>;
  readonly autoFocus?: boolean;
}

/** A password that is being chosen; whether it is long enough is said while it is typed. */
export function NewPasswordField({ label, attempt, autoFocus = false }: NewPasswordProps) {
  const { alert, fields } = attempt.problem;
  const [password, setPassword] = useState('');
  return (
    <PasswordField
      label={label}
      autoComplete="new-password"
      autoFocus={autoFocus}
      problem={fields.password}
      describedBy={alert === null ? undefined : ALERT_ID}
      hint={<LengthHint {...lengthVerdict(password)} />}
      onChange={event => {
        setPassword(event.currentTarget.value);
        // What was wrong with another password says nothing of this one.
        attempt.refuse(NO_PROBLEM);
      }}
    />
  );
}

function LengthHint({ kind, length }: LengthVerdict) {
  return (
    <span className={classes.length} data-kind={kind}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {kind === 'enough' ? <path d="m2.5 6.5 2.5 2.5 4.5-6" /> : <circle cx="6" cy="6" r="3.6" />}
      </svg>
      {fill(messages.length[kind], { length, least: LEAST, most: MOST })}
    </span>
  );
}
