import { type Ref, useImperativeHandle, useMemo, useRef } from 'react';
import { selectLine } from './line-places.ts';
import classes from './text-editor.module.css';

export interface TextEditorHandle {
  /** Shows a line, counted from 1, and selects it. */
  readonly show: (line: number) => void;
}

interface TextEditorProps {
  readonly label: string;
  readonly text: string;
  /** Those that are marked as wrong. */
  readonly wrongLines: ReadonlySet<number>;
  readonly onChange: (text: string) => void;
  readonly ref?: Ref<TextEditorHandle>;
}

/** A text with the numbers of its lines. The tab key leaves it, as it leaves any field. */
export function TextEditor({ label, text, wrongLines, onChange, ref }: TextEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const numbers = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => ({
    show: line => {
      if (area.current !== null) selectLine(area.current, line);
    },
  }));
  const lines = text.split('\n').length;
  return (
    <div className={classes.editor}>
      <div ref={numbers} className={classes.numbers} aria-hidden="true">
        <Numbers lines={lines} wrongLines={wrongLines} />
      </div>
      <textarea
        ref={area}
        className={classes.text}
        aria-label={label}
        aria-invalid={wrongLines.size > 0 || undefined}
        value={text}
        wrap="off"
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        onChange={event => onChange(event.currentTarget.value)}
        onScroll={event => {
          if (numbers.current !== null) numbers.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}

/** Drawn again when there are more or fewer lines, not with each letter. */
function Numbers({ lines, wrongLines }: { lines: number; wrongLines: ReadonlySet<number> }) {
  return useMemo(
    () =>
      Array.from({ length: lines }, (_, index) => (
        <span key={index} data-wrong={wrongLines.has(index + 1) || undefined}>
          {index + 1}
        </span>
      )),
    [lines, wrongLines],
  );
}
