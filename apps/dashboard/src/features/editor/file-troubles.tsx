import type { FileTrouble } from '../../api/editor-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { Ago } from '../../ui/moment.tsx';
import { partText } from './edit-problem.ts';
import classes from './editor-page.module.css';

const texts = messages.editor.trouble;

/** Hand edits on disk that nobody has taken over, and why. */
export function FileTroubles({ troubles }: { troubles: readonly FileTrouble[] }) {
  return troubles.map(({ process, since, detail, problems }) => (
    <section key={process} className={classes.trouble} aria-label={fill(texts.title, { process })}>
      <p>
        <strong>{fill(texts.title, { process })}</strong> <Ago at={since} />
      </p>
      <p>{detail}</p>
      {problems.length > 0 && (
        <ul>
          {problems.map(part => (
            <li key={`${part.line} ${part.path} ${part.message}`}>{partText(part)}</li>
          ))}
        </ul>
      )}
    </section>
  ));
}
