import { useState } from 'react';
import { messages } from '../../messages/text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { AddMany } from './add-many.tsx';
import { AddOne } from './add-one.tsx';
import classes from './editor-form.module.css';

const texts = messages.editor.add;
const WAYS = [
  { value: 'one', label: texts.one },
  { value: 'many', label: texts.many },
] as const;

export interface AddProps {
  readonly network: string;
  /** The machines that are there. */
  readonly known: ReadonlySet<string>;
  readonly onDone: (names: readonly string[]) => void;
  readonly onClose: () => void;
}

/** New machines: one by a form, or a list of them. */
export function AddDialog(props: AddProps) {
  const [way, setWay] = useState<'one' | 'many'>('one');
  return (
    <Dialog title={texts.title} size="wide" onClose={props.onClose}>
      <div className={classes.stack}>
        <Segmented label={texts.way} segments={WAYS} value={way} onChange={setWay} />
        {way === 'one' ? <AddOne {...props} /> : <AddMany {...props} />}
      </div>
    </Dialog>
  );
}
