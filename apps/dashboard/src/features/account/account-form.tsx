import { type ReactNode, type SubmitEvent, useEffect, useRef } from 'react';
import { fill, messages } from '../../messages/text.ts';
import { formatDuration } from '../../ui/format.ts';
import { Button } from '../../ui/button.tsx';
import classes from './account.module.css';
import type { FieldName } from './form-problem.ts';
import type { Attempt } from './use-sending.ts';

/** There is one form in a page. */
export const ALERT_ID = 'form-alert';

interface AccountFormProps<T> {
  readonly attempt: Attempt<T>;
  readonly submit: string;
  readonly busy: string;
  readonly onSubmit: (valueOf: (field: FieldName) => string) => void;
  readonly children: ReactNode;
}

/** A form that says what is wrong, leads there, and is sent once at a time. */
export function AccountForm<T>({ attempt, submit, busy, onSubmit, children }: AccountFormProps<T>) {
  const { problem, isBusy, waitSeconds } = attempt;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const wrong = form.current?.querySelector<HTMLInputElement>('[aria-invalid="true"]');
    wrong?.focus();
    wrong?.select();
  }, [problem]);
  const isBlocked = isBusy || waitSeconds > 0;
  const send = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    if (!isBlocked) onSubmit(field => textOf(values.get(field)));
  };
  return (
    // Were it ever sent by the browser itself, a password would still not be in an address.
    <form ref={form} className={classes.form} method="post" noValidate onSubmit={send}>
      {problem.alert !== null && <FormAlert id={ALERT_ID}>{problem.alert}</FormAlert>}
      {children}
      {/* Not `disabled`: that would take the focus away from whoever pressed it. */}
      <Button type="submit" variant="primary" isWide aria-disabled={isBlocked}>
        {labelOf()}
      </Button>
    </form>
  );

  function labelOf(): string {
    if (isBusy) return busy;
    return waitSeconds > 0 ? fill(messages.field.wait, { duration: formatDuration(waitSeconds, 2) }) : submit;
  }
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}

/** What went wrong, said aloud as soon as it is there. */
export function FormAlert({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className={classes.alert} role="alert">
      {children}
    </p>
  );
}
