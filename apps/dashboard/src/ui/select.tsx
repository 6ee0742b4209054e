import { Icon } from './icon.tsx';
import classes from './select.module.css';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface SelectProps {
  /** What is chosen; told to screen readers only. */
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One of many, in the list of the browser itself. */
export function Select({ label, choices, value, onChange }: SelectProps) {
  return (
    <span className={classes.frame}>
      <select
        className={classes.select}
        aria-label={label}
        value={value}
        onChange={event => onChange(event.currentTarget.value)}
      >
        {choices.map(choice => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  );
}
