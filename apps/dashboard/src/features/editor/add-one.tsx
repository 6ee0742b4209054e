import { addMachines, type NewMachine, type TestMachine } from '../../api/editor-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { DialogForm } from '../account/dialog-form.tsx';
import type { AddProps } from './add-dialog.tsx';
import { agentUrlOf } from './agent-url.ts';
import { ConnectionTest } from './connection-test.tsx';
import { EditRefusal } from './edit-refusal.tsx';
import { InstallGuide } from './install-guide.tsx';
import { MachineFields } from './machine-fields.tsx';
import { type MachineValues, newMachineOf, NO_VALUES, problemsOf } from './machine-values.ts';
import { useEdit } from './use-edit.ts';
import { isFieldPart, useMachineForm } from './use-machine-form.ts';

const texts = messages.editor.add;

/** A machine that is described by a form. */
export function AddOne({ network, known, onDone, onClose }: AddProps) {
  const edit = useEdit({
    network,
    act: (machine: NewMachine) => addMachines(network, [machine]),
    onDone: (_, { name }) => onDone([name]),
  });
  const { values, change, problems, check } = useMachineForm(NO_VALUES, edit);
  const send = (): void => {
    const name = values.name.trim();
    const wrong = {
      ...problemsOf(values),
      ...(known.has(name) ? { name: fill(messages.editor.problem.lineKnown, { name }) } : {}),
    };
    if (check(wrong)) edit.attempt.run(newMachineOf(values));
  };
  return (
    <DialogForm
      attempt={edit.attempt}
      submit={texts.submit}
      busy={messages.editor.saving}
      onCancel={onClose}
      onSubmit={send}
    >
      <MachineFields values={values} onChange={change} problems={problems} />
      <ConnectionTest network={network} agent={agentOf(values)} />
      <InstallGuide />
      <EditRefusal refusal={edit.refusal} isTold={isFieldPart} />
    </DialogForm>
  );
}

/** What there is to be looked at; `null`: nothing yet. */
export function agentOf({ netdata, auth, via }: MachineValues): TestMachine | null {
  const url = agentUrlOf(netdata);
  const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return url === null ? null : { netdata: url, auth: textOrNull(auth), via: textOrNull(via) };
}
