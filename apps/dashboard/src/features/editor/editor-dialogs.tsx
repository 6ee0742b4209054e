import { resumeMachine } from '../../api/editor-client.ts';
import { counted, fill, messages } from '../../messages/text.ts';
import { ConfirmDialog } from '../account/confirm-dialog.tsx';
import { AddDialog } from './add-dialog.tsx';
import type { Asked } from './asked.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { oneAfterAnother } from './one-after-another.ts';
import { PauseDialog } from './pause-dialog.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { toldOf } from './told-of.ts';
import { useReread } from './use-reread.ts';

const { told, resume: resumeTexts } = messages.editor;

interface EditorDialogsProps {
  readonly network: string;
  readonly known: ReadonlySet<string>;
  readonly asked: Asked;
  readonly onClose: () => void;
  /** What was done, for the page to say. */
  readonly onTold: (text: string) => void;
}

/** The dialog that is open. */
export function EditorDialogs({ network, known, asked, onClose, onTold }: EditorDialogsProps) {
  const onDone = (text: string): void => {
    onTold(text);
    onClose();
  };
  const shared = { network, onDone, onClose };
  switch (asked.kind) {
    case 'add':
      return (
        <AddDialog
          network={network}
          known={known}
          onDone={names => onDone(toldOf(told.added, names))}
          onClose={onClose}
        />
      );
    case 'change':
      return <ChangeDialog {...shared} entry={asked.entry} />;
    case 'pause':
      return <PauseDialog {...shared} names={asked.names} pause={asked.pause} />;
    case 'resume':
      return <ResumeDialog {...shared} names={asked.names} />;
    case 'remove':
      return <RemoveDialog {...shared} names={asked.names} />;
  }
}

interface ResumeProps {
  readonly network: string;
  readonly names: readonly string[];
  readonly onDone: (told: string) => void;
  readonly onClose: () => void;
}

function ResumeDialog({ network, names, onDone, onClose }: ResumeProps) {
  const reread = useReread(network);
  const [first = ''] = names;
  return (
    <ConfirmDialog
      title={
        names.length === 1 ? fill(resumeTexts.title, { name: first }) : counted(resumeTexts.titleMany, names.length)
      }
      submit={resumeTexts.submit}
      variant="primary"
      act={() =>
        oneAfterAnother(
          names,
          name => resumeMachine(network, name),
          () => undefined,
        ).finally(() => void reread())
      }
      onDone={() => onDone(toldOf(told.resumed, names))}
      onClose={onClose}
    >
      <p>{resumeTexts.text}</p>
    </ConfirmDialog>
  );
}
