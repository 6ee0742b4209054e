import { useMemo } from 'react';
import type { NetworkFile } from '../../api/editor-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { Ago } from '../../ui/moment.tsx';
import { diffLines } from './diff-lines.ts';
import classes from './file-panel.module.css';

const texts = messages.editor.stale;
const SIGNS = { same: ' ', removed: '−', added: '+' } as const;

interface StaleProps {
  readonly file: NetworkFile;
  /** What was written meanwhile. */
  readonly text: string;
  readonly onTheirs: () => void;
  readonly onMine: () => void;
}

/** Somebody else was faster: what they have, what would become of it, and what to do now. */
export function StaleNote({ file, text, onTheirs, onMine }: StaleProps) {
  const places = useMemo(() => diffLines(file.text, withNumberOf(file.text, text)), [file.text, text]);
  const who = file.author === 'file' ? messages.editor.byHand : file.author;
  return (
    <section className={classes.stale} role="alert" aria-label={texts.title}>
      <p>
        <strong>{texts.title}</strong> {fill(texts.who, { version: file.version, who })} <Ago at={file.acceptedAt} />
      </p>
      <p>{texts.diff}</p>
      <div className={classes.diff} tabIndex={0} role="group" aria-label={texts.diffLabel}>
        {places.map((place, index) => (
          <ol key={place[0]?.line ?? index}>
            {place.map(({ kind, line, text: content }) => (
              <li key={`${kind} ${line}`} data-kind={kind}>
                <span>{line}</span>
                <span>{SIGNS[kind]}</span>
                <code>{content}</code>
              </li>
            ))}
          </ol>
        ))}
      </div>
      <div className={classes.deeds}>
        <Button size="small" onClick={onTheirs}>
          {texts.theirs}
        </Button>
        <Button size="small" variant="danger" onClick={onMine}>
          {texts.mine}
        </Button>
      </div>
    </section>
  );
}

/** The version is raised by itself: that the numbers differ says nothing. */
function withNumberOf(theirs: string, mine: string): string {
  const number = /^version:.*$/m.exec(theirs)?.[0];
  return number === undefined ? mine : mine.replace(/^version:.*$/m, () => number);
}
