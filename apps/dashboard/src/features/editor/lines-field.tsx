import { type Ref, useId } from 'react';
import { counted, fill, messages } from '../../messages/text.ts';
import classes from './editor-form.module.css';

const texts = messages.editor.add;

interface LinesFieldProps {
  readonly ref: Ref<HTMLTextAreaElement>;
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** How many machines it means, and how many of them have a problem. */
  readonly count: number;
  readonly wrong: number;
  /** Whether it was tried to add them as they are. */
  readonly isRefused: boolean;
}

/** Where machines are pasted, with how many were found. */
export function LinesField({ ref, text, onChange, count, wrong, isRefused }: LinesFieldProps) {
  const id = useId();
  return (
    <div className={classes.lines}>
      <label htmlFor={id}>{texts.lines}</label>
      <p id={`${id}-hint`} className={classes.dim}>
        {texts.linesHint}
      </p>
      <textarea
        ref={ref}
        id={id}
        value={text}
        placeholder={texts.linesExample}
        wrap="off"
        spellCheck={false}
        autoCapitalize="none"
        data-autofocus
        aria-describedby={`${id}-hint ${id}-sum`}
        aria-invalid={isRefused || undefined}
        onChange={event => onChange(event.currentTarget.value)}
      />
      <p id={`${id}-sum`} className={isRefused ? classes.bad : classes.dim} role="status">
        {sumOf(count, wrong)}
      </p>
    </div>
  );
}

function sumOf(all: number, wrong: number): string {
  if (all === 0) return texts.noLines;
  const machines = counted(texts.found, all);
  return wrong === 0 ? machines : fill(texts.foundWrong, { machines, problems: counted(texts.wrong, wrong) });
}
