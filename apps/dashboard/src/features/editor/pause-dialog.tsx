import { useState } from 'react';
import { type MachinePause, type PauseMachine, pauseMachine } from '../../api/editor-client.ts';
import { counted, fill, messages } from '../../messages/text.ts';
import { CheckGroup, CheckLine } from '../../ui/check-line.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { DialogForm } from '../account/dialog-form.tsx';
import { EditRefusal } from './edit-refusal.tsx';
import classes from './editor-form.module.css';
import { oneAfterAnother } from './one-after-another.ts';
import { decidePauseEnd, type PauseLength } from './pause-end.ts';
import { toldOf } from './told-of.ts';
import { useEdit } from './use-edit.ts';

const { pause: texts, told } = messages.editor;
const LENGTHS = Object.keys(texts.length) as PauseLength[];

interface PauseProps {
  readonly network: string;
  readonly names: readonly string[];
  /** The one that is to be changed; `null`: there is none yet. */
  readonly pause: MachinePause | null;
  readonly onDone: (told: string) => void;
  readonly onClose: () => void;
}

/** Nobody looks at machines for a while, and nobody is alarmed. */
export function PauseDialog({ network, names, pause, onDone, onClose }: PauseProps) {
  const [length, setLength] = useState<PauseLength>(pause === null ? '1h' : pause.until === null ? 'open' : 'own');
  const [own, setOwn] = useState(() => localText(pause?.until ?? null));
  const [note, setNote] = useState(pause?.note ?? '');
  const [problem, setProblem] = useState<string>();
  const edit = useEdit<PauseMachine, void>({
    network,
    act: body =>
      oneAfterAnother(
        names,
        name => pauseMachine(network, name, body),
        () => undefined,
      ),
    onDone: () => onDone(toldOf(told.paused, names)),
  });
  const send = (): void => {
    const end = decidePauseEnd(length, own, Date.now());
    setProblem(end.kind === 'end' ? undefined : texts[end.kind]);
    if (end.kind === 'end') edit.attempt.run({ until: end.until, note: note.trim() === '' ? null : note.trim() });
    else edit.clear();
  };
  const [first = ''] = names;
  const title = pause === null ? texts.title : texts.changeTitle;
  return (
    <Dialog
      title={names.length === 1 ? fill(title, { name: first }) : counted(texts.titleMany, names.length)}
      onClose={onClose}
    >
      <DialogForm
        attempt={edit.attempt}
        submit={pause === null ? texts.submit : texts.changeSubmit}
        busy={messages.editor.saving}
        onCancel={onClose}
        onSubmit={send}
      >
        {names.length > 1 && <p className={classes.names}>{names.join(', ')}</p>}
        <p className={classes.dim}>{texts.text}</p>
        <LengthField length={length} onLength={setLength} own={own} onOwn={setOwn} problem={problem} />
        <Field
          label={texts.note}
          aside={messages.field.optional}
          hint={texts.noteHint}
          value={note}
          maxLength={500}
          autoComplete="off"
          onChange={event => setNote(event.currentTarget.value)}
        />
        <EditRefusal refusal={edit.refusal} isTold={() => false} />
      </DialogForm>
    </Dialog>
  );
}

interface LengthProps {
  readonly length: PauseLength;
  readonly onLength: (length: PauseLength) => void;
  readonly own: string;
  readonly onOwn: (own: string) => void;
  readonly problem: string | undefined;
}

function LengthField({ length, onLength, own, onOwn, problem }: LengthProps) {
  return (
    <CheckGroup label={texts.until} problem={problem}>
      {LENGTHS.map(one => (
        <CheckLine
          key={one}
          type="radio"
          name="length"
          label={texts.length[one]}
          checked={length === one}
          onChange={() => onLength(one)}
        />
      ))}
      {length === 'own' && (
        <div className={classes.when}>
          <input
            type="datetime-local"
            aria-label={texts.moment}
            value={own}
            onChange={event => onOwn(event.currentTarget.value)}
          />
        </div>
      )}
    </CheckGroup>
  );
}

/** As a field for a moment holds it, in the zone of the browser. */
function localText(at: string | null): string {
  if (at === null) return '';
  const moment = new Date(at);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
