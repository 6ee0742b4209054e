import { type ChangeMachine, changeMachine } from '../../api/editor-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogForm } from '../account/dialog-form.tsx';
import { agentOf } from './add-one.tsx';
import { ConnectionTest } from './connection-test.tsx';
import { EditRefusal } from './edit-refusal.tsx';
import { InstallGuide } from './install-guide.tsx';
import type { MachineEntry } from './machine-entry.ts';
import { MachineFields } from './machine-fields.tsx';
import { decideChanges, problemsOf, valuesOf } from './machine-values.ts';
import { useEdit } from './use-edit.ts';
import { isFieldPart, useMachineForm } from './use-machine-form.ts';

const { change: texts, told } = messages.editor;

interface ChangeProps {
  readonly network: string;
  readonly entry: MachineEntry;
  readonly onDone: (told: string) => void;
  readonly onClose: () => void;
}

/** What the network file says of one machine, its name too. */
export function ChangeDialog({ network, entry, onDone, onClose }: ChangeProps) {
  const former = valuesOf(entry);
  const edit = useEdit({
    network,
    act: (changes: ChangeMachine) => changeMachine(network, entry.name, changes),
    onDone: (_, { name = entry.name }) =>
      onDone(name === entry.name ? fill(told.changed, { name }) : fill(told.renamed, { former: entry.name, name })),
  });
  const { values, change, problems, check } = useMachineForm(former, edit);
  const send = (): void => {
    if (!check(problemsOf(values, !entry.host))) return;
    const changes = decideChanges(former, values);
    if (changes === null) onDone(told.unchanged);
    else edit.attempt.run(changes);
  };
  return (
    <Dialog title={fill(texts.title, { name: entry.name })} size="wide" onClose={onClose}>
      <DialogForm
        attempt={edit.attempt}
        submit={texts.submit}
        busy={messages.editor.saving}
        onCancel={onClose}
        onSubmit={send}
      >
        <MachineFields
          values={values}
          onChange={change}
          problems={problems}
          formerName={entry.name}
          hasAgent={!entry.host}
        />
        {!entry.host && (
          <>
            <ConnectionTest network={network} agent={agentOf(values)} />
            <InstallGuide />
          </>
        )}
        <EditRefusal refusal={edit.refusal} isTold={isFieldPart} />
      </DialogForm>
    </Dialog>
  );
}
