import { type ReactNode, useId } from 'react';
import classes from './segmented.module.css';

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  /** What a pointer that rests on it is told, and who cannot see a label that is more than text. */
  readonly hint?: string;
}

interface SegmentedProps<Value extends string> {
  /** What is chosen between. */
  readonly label: string;
  readonly segments: readonly Segment<Value>[];
  /** One that is not among them: none is marked. */
  readonly value: string;
  readonly onChange: (value: Value) => void;
}

/** One of a few, all of them in sight; the arrow keys move within it. */
export function Segmented<Value extends string>({ label, segments, value, onChange }: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset className={classes.root}>
      <legend>{label}</legend>
      {segments.map(segment => (
        <label key={segment.value} className={classes.segment} title={segment.hint}>
          <input
            type="radio"
            name={name}
            value={segment.value}
            checked={segment.value === value}
            aria-label={segment.hint}
            onChange={() => onChange(segment.value)}
          />
          {segment.label}
        </label>
      ))}
    </fieldset>
  );
}
