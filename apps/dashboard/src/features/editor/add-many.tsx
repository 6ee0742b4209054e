import { useMemo, useRef, useState } from 'react';
import { addMachines, type NewMachine } from '../../api/editor-client.ts';
import { counted, messages } from '../../messages/text.ts';
import { Field } from '../../ui/field.tsx';
import { DialogForm } from '../account/dialog-form.tsx';
import type { AddProps } from './add-dialog.tsx';
import { EditRefusal } from './edit-refusal.tsx';
import { indexOf } from './edit-problem.ts';
import { FoundLines } from './found-lines.tsx';
import { InstallGuide } from './install-guide.tsx';
import { selectLine } from './line-places.ts';
import { LinesField } from './lines-field.tsx';
import { isName } from './machine-values.ts';
import { machinesOf, parseLines, type ReadLine } from './parse-lines.ts';
import { useEdit } from './use-edit.ts';

const texts = messages.editor.add;

/** Machines that are pasted, one to a line: all of them are added, or none. */
export function AddMany({ network, known, onDone, onClose }: AddProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [auth, setAuth] = useState('');
  const [isTried, setIsTried] = useState(false);
  const edit = useEdit({
    network,
    act: (machines: NewMachine[]) => addMachines(network, machines),
    onDone: (_, machines) => onDone(machines.map(({ name }) => name)),
  });
  const read = useMemo(() => parseLines(text, known), [text, known]);
  const lines = withRefusal(read, edit.refusal?.parts ?? []);
  const wrong = lines.filter(({ problem }) => problem !== null).length;
  const isAuthWrong = auth.trim() !== '' && !isName(auth.trim());
  const send = (): void => {
    const machines = machinesOf(read);
    setIsTried(true);
    if (machines === null || isAuthWrong) edit.clear();
    else edit.attempt.run(withAuth(machines, auth.trim()));
  };
  return (
    <DialogForm
      attempt={edit.attempt}
      submit={read.length > 1 ? counted(texts.submitMany, read.length) : texts.submit}
      busy={messages.editor.saving}
      onCancel={onClose}
      onSubmit={send}
    >
      <LinesField
        ref={area}
        text={text}
        onChange={setText}
        count={read.length}
        wrong={wrong}
        isRefused={isTried && (wrong > 0 || read.length === 0)}
      />
      {read.length > 0 && (
        <FoundLines
          key={auth.trim()}
          network={network}
          lines={lines}
          auth={auth.trim()}
          onShow={line => area.current !== null && selectLine(area.current, line)}
        />
      )}
      <Field
        label={messages.editor.form.auth}
        aside={messages.field.optional}
        value={auth}
        autoComplete="off"
        spellCheck={false}
        hint={texts.authHint}
        problem={isAuthWrong ? messages.editor.problem.name : undefined}
        onChange={event => setAuth(event.currentTarget.value)}
      />
      <InstallGuide />
      <EditRefusal refusal={edit.refusal} isTold={({ path }) => indexOf(path) !== null} />
    </DialogForm>
  );
}

function withAuth(machines: NewMachine[], auth: string): NewMachine[] {
  return auth === '' ? machines : machines.map(machine => ({ ...machine, auth }));
}

/** What the server found wrong stands at the line it is about. */
function withRefusal(
  lines: readonly ReadLine[],
  parts: readonly { readonly path: string; readonly message: string }[],
): ReadLine[] {
  const problems = new Map(parts.map(({ path, message }) => [indexOf(path), message]));
  return lines.map((line, index) => ({ ...line, problem: line.problem ?? problems.get(index) ?? null }));
}
