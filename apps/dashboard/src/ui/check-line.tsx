import { type ReactNode, useId } from 'react';
import classes from './check-line.module.css';

interface CheckLineProps {
  /** `radio`: one of those with the same `name`. */
  readonly type: 'checkbox' | 'radio';
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** Whether the hint is short enough to stand beside the label. */
  readonly isHintBeside?: boolean;
  readonly name?: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (isChecked: boolean) => void;
}

/** Something that is chosen or not, with a sentence on what it means. */
export function CheckLine({ type, label, hint, isHintBeside, name, checked, disabled, onChange }: CheckLineProps) {
  const id = useId();
  return (
    <div className={classes.line} data-disabled={disabled === true || undefined}>
      <input
        id={id}
        type={type}
        name={name}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={event => onChange(event.currentTarget.checked)}
      />
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <span id={`${id}-hint`} className={classes.hint} data-beside={isHintBeside === true || undefined}>
          {hint}
        </span>
      )}
    </div>
  );
}

interface CheckGroupProps {
  readonly label: string;
  readonly hint?: string;
  /** What is wrong with the choice. */
  readonly problem?: string | undefined;
  readonly children: ReactNode;
}

/** Some lines that are about one thing. */
export function CheckGroup({ label, hint, problem, children }: CheckGroupProps) {
  const id = useId();
  return (
    <fieldset
      className={classes.group}
      aria-invalid={problem === undefined ? undefined : true}
      aria-describedby={problem === undefined ? undefined : id}
      tabIndex={problem === undefined ? undefined : -1}
    >
      <legend>{label}</legend>
      {hint !== undefined && <p className={classes.groupHint}>{hint}</p>}
      <div className={classes.lines}>{children}</div>
      {problem !== undefined && (
        <p id={id} className={classes.problem}>
          {problem}
        </p>
      )}
    </fieldset>
  );
}
