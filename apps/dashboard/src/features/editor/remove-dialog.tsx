import { useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { removeMachine } from '../../api/editor-client.ts';
import { counted, fill, messages } from '../../messages/text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogForm } from '../account/dialog-form.tsx';
import { EditRefusal } from './edit-refusal.tsx';
import classes from './editor-form.module.css';
import { oneAfterAnother } from './one-after-another.ts';
import { toldOf } from './told-of.ts';
import { useEdit } from './use-edit.ts';

const { remove: texts, told } = messages.editor;

interface RemoveProps {
  readonly network: string;
  readonly names: readonly string[];
  readonly onDone: (told: string) => void;
  readonly onClose: () => void;
}

/** Asks before machines are taken out of the network file, and says what becomes of what is stored of them. */
export function RemoveDialog({ network, names, onDone, onClose }: RemoveProps) {
  const [done, setDone] = useState(0);
  const edit = useEdit<void, void>({
    network,
    act: () => oneAfterAnother(names, name => removeKnown(network, name), setDone),
    onDone: () => onDone(toldOf(told.removed, names)),
  });
  const [first = ''] = names;
  return (
    <Dialog
      title={names.length === 1 ? fill(texts.title, { name: first }) : counted(texts.titleMany, names.length)}
      onClose={onClose}
    >
      <DialogForm
        attempt={edit.attempt}
        submit={texts.submit}
        busy={names.length === 1 ? messages.editor.saving : fill(texts.busy, { done, all: names.length })}
        variant="danger"
        onCancel={onClose}
        onSubmit={() => edit.attempt.run()}
      >
        {names.length > 1 && <p className={classes.names}>{names.join(', ')}</p>}
        <p>{texts.text}</p>
        <p className={classes.dim}>{texts.history}</p>
        <EditRefusal refusal={edit.refusal} isTold={() => false} />
      </DialogForm>
    </Dialog>
  );
}

/** One that is gone already is as it should be. */
async function removeKnown(network: string, name: string): Promise<void> {
  try {
    await removeMachine(network, name);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'MACHINE_NOT_FOUND') throw error;
  }
}
