import { type ReactNode, type SubmitEvent, useEffect, useRef } from 'react';
import { fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { formatDuration } from '../../ui/format.ts';
import { FormAlert } from './account-form.tsx';
import classes from './dialog-form.module.css';
import type { FieldName } from './form-problem.ts';
import type { Attempt } from './use-sending.ts';

interface DialogFormProps<T> {
  readonly attempt: Attempt<T>;
  readonly submit: string;
  readonly busy: string;
  /** `danger`: it cannot be undone. */
  readonly variant?: 'primary' | 'danger';
  /** Left out where there is nothing to go back to. */
  readonly onCancel?: () => void;
  readonly onSubmit: (valueOf: (field: FieldName) => string) => void;
  readonly children: ReactNode;
}

/** A form within a page or a dialog: it says what is wrong, leads there, and is sent once at a time. */
export function DialogForm<T>(props: DialogFormProps<T>) {
  const { attempt, submit, busy, variant = 'primary', onCancel, onSubmit, children } = props;
  const { problem, isBusy, waitSeconds } = attempt;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), [problem]);
  const isBlocked = isBusy || waitSeconds > 0;
  const send = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    if (!isBlocked) onSubmit(field => textOf(values.get(field)));
  };
  return (
    <form ref={form} className={classes.form} method="post" noValidate onSubmit={send}>
      {children}
      {problem.alert !== null && <FormAlert>{problem.alert}</FormAlert>}
      <div className={classes.foot} data-start={onCancel === undefined || undefined}>
        {onCancel !== undefined && <Button onClick={onCancel}>{messages.dialog.cancel}</Button>}
        {/* Not `disabled`: that would take the focus away from whoever pressed it. */}
        <Button type="submit" variant={variant} aria-disabled={isBlocked}>
          {labelOf()}
        </Button>
      </div>
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
