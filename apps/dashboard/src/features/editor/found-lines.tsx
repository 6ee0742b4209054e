import { fill, messages } from '../../messages/text.ts';
import classes from './editor-form.module.css';
import { renderLabels } from './labels.ts';
import type { ReadLine } from './parse-lines.ts';

const texts = messages.editor.add;

interface FoundProps {
  readonly lines: readonly ReadLine[];
  readonly onShow: (line: number) => void;
}

/** What was understood of each line, those with a problem first: they are why nothing can be added yet. */
export function FoundLines({ lines, onShow }: FoundProps) {
  const inOrder = [
    ...lines.filter(({ problem }) => problem !== null),
    ...lines.filter(({ problem }) => problem === null),
  ];
  return (
    <ul className={classes.found} aria-label={texts.foundLabel}>
      {inOrder.map(read => (
        <li key={read.line}>
          <button type="button" aria-label={fill(texts.toLine, { line: read.line })} onClick={() => onShow(read.line)}>
            {read.line}
          </button>
          <span>
            {read.machine !== null && <Meant machine={read.machine} />}
            {read.problem !== null && <span className={classes.bad}>{read.problem}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Meant({ machine: { name, netdata, labels } }: { machine: NonNullable<ReadLine['machine']> }) {
  return (
    <>
      <strong>{name}</strong> {netdata} {labels != null && <span className={classes.dim}>{renderLabels(labels)}</span>}
    </>
  );
}
