import type { ProblemPart } from '../../api/api-error.ts';
import { fill, messages } from '../../messages/text.ts';
import { partText } from './edit-problem.ts';
import classes from './file-panel.module.css';

const texts = messages.editor.file;

interface ProblemListProps {
  /** About the whole; `null`: nothing is wrong. */
  readonly alert: string | null;
  readonly parts: readonly ProblemPart[];
  readonly onShow: (line: number) => void;
}

/** What is wrong with the text; each leads to its line. */
export function ProblemList({ alert, parts, onShow }: ProblemListProps) {
  if (alert === null) return null;
  return (
    <div className={classes.refused} role="alert">
      <p>{alert}</p>
      {parts.length > 0 && (
        <ul className={classes.problems} aria-label={texts.problems}>
          {parts.map(part => {
            const { line } = part;
            return (
              <li key={`${line} ${part.path} ${part.message}`}>
                {line !== null && (
                  <button type="button" onClick={() => onShow(line)}>
                    {fill(texts.line, { line })}
                  </button>
                )}
                <span>{partText({ ...part, line: null })}</span>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
