import { type FormEvent, useId, useState } from 'react';
import { fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { type CustomProblem, customRange, localInput } from './custom-range.ts';
import type { ChartRange } from './range.ts';
import classes from './range-picker.module.css';

const texts = messages.charts.range;
const OF_FROM: readonly (CustomProblem | null)[] = ['fromEmpty', 'future'];

interface FormProps {
  /** What is shown now. */
  readonly bounds: { readonly fromMs: number; readonly toMs: number };
  readonly now: number;
  readonly onRange: (range: ChartRange) => void;
  readonly onCancel: () => void;
}

/** From one moment to another, in the time zone of who looks. */
export function CustomRangeForm({ bounds, now, onRange, onCancel }: FormProps) {
  const [from, setFrom] = useState(() => localInput(bounds.fromMs));
  const [to, setTo] = useState(() => localInput(bounds.toMs));
  const [problem, setProblem] = useState<CustomProblem | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const result = customRange(from, to, now);
    setProblem(result.problem);
    if (result.range !== null) onRange(result.range);
  };
  const isOfFrom = OF_FROM.includes(problem);
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={submit}
      onKeyDown={event => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <Moment label={texts.from} value={from} onChange={setFrom} problem={isOfFrom ? problem : null} hasFocus />
      <Moment label={texts.to} value={to} onChange={setTo} problem={isOfFrom ? null : problem} />
      <div className={classes.actions}>
        <Button type="submit" size="small" variant="primary">
          {texts.show}
        </Button>
        <Button size="small" variant="quiet" onClick={onCancel}>
          {texts.cancel}
        </Button>
      </div>
      <p className={classes.zone}>{fill(texts.zone, { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}</p>
    </form>
  );
}

interface MomentProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem: CustomProblem | null;
  readonly hasFocus?: boolean;
}

function Moment({ label, value, onChange, problem, hasFocus = false }: MomentProps) {
  const id = useId();
  return (
    <div className={classes.moment}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="datetime-local"
        // Opened by a press: what is to be filled in comes next.
        autoFocus={hasFocus}
        value={value}
        onChange={event => onChange(event.currentTarget.value)}
        aria-invalid={problem !== null || undefined}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
      />
      {problem !== null && (
        <p id={`${id}-problem`} className={classes.problem} role="alert">
          {texts.problem[problem]}
        </p>
      )}
    </div>
  );
}
