import { useId, useRef, useState } from 'react';
import { messages } from '../messages/text.ts';
import { Button } from './button.tsx';
import classes from './copy-text.module.css';
import { Icon } from './icon.tsx';

type Outcome = 'idle' | 'copied' | 'selected';

interface CopyTextProps {
  /** What it is. */
  readonly label: string;
  readonly text: string;
  /** Whether it has several lines. */
  readonly isBlock?: boolean;
}

/** Something to be taken elsewhere, exactly as it is. */
export function CopyText({ label, text, isBlock = false }: CopyTextProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [outcome, setOutcome] = useState<Outcome>('idle');
  const copy = async (): Promise<void> => setOutcome(await copied(text, field.current));
  const { copyTexts } = messages;
  return (
    <div className={classes.copy}>
      <label htmlFor={id}>{label}</label>
      <div className={classes.box}>
        <textarea
          ref={field}
          id={id}
          className={classes.text}
          readOnly
          rows={isBlock ? text.split('\n').length : 1}
          wrap="off"
          spellCheck={false}
          value={text}
          onFocus={event => event.currentTarget.select()}
        />
        <Button size="small" icon={<Icon name="copy" />} onClick={() => void copy()}>
          {outcome === 'copied' ? copyTexts.done : copyTexts.copy}
        </Button>
      </div>
      <p className={classes.said} role="status">
        {outcome === 'selected' && copyTexts.selected}
        {outcome === 'copied' && <span className={classes.spoken}>{copyTexts.spoken}</span>}
      </p>
    </div>
  );
}

/** Browsers lend the clipboard only to pages that came encrypted; elsewhere the text is selected, and a key copies it. */
async function copied(text: string, field: HTMLTextAreaElement | null): Promise<Outcome> {
  try {
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    field?.focus();
    field?.select();
    return 'selected';
  }
}
