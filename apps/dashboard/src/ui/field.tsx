import { type ComponentProps, type ReactNode, useId } from 'react';
import classes from './field.module.css';

export interface FieldProps extends Omit<ComponentProps<'input'>, 'id' | 'className'> {
  readonly label: string;
  /** Behind the label, such as that it may stay empty. */
  readonly aside?: string;
  readonly hint?: ReactNode;
  /** What is wrong with it; empty: that is said elsewhere, by `describedBy`. */
  readonly problem?: string | undefined;
  /** Id of a text elsewhere that is about this field. */
  readonly describedBy?: string | undefined;
  /** At its right end, inside of it. */
  readonly end?: ReactNode;
}

/** A labelled line to write in, with what helps and what is wrong below it, all of it told to screen readers. */
export function Field({ label, aside, hint, problem, describedBy, end, ...input }: FieldProps) {
  const id = useId();
  const hasProblem = problem !== undefined;
  const described = [problem ? `${id}-problem` : '', hint ? `${id}-hint` : '', describedBy ?? ''].join(' ').trim();
  return (
    <div className={classes.field} data-problem={hasProblem || undefined}>
      <label className={classes.label} htmlFor={id}>
        {label} {aside !== undefined && <span className={classes.aside}>({aside})</span>}
      </label>
      <div className={classes.box}>
        <input
          {...input}
          id={id}
          className={classes.input}
          data-end={end !== undefined || undefined}
          aria-invalid={hasProblem || undefined}
          aria-describedby={described === '' ? undefined : described}
        />
        {end !== undefined && <span className={classes.end}>{end}</span>}
      </div>
      {problem && (
        <p id={`${id}-problem`} className={classes.problem}>
          {problem}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className={classes.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
