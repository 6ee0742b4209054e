import { useId, useMemo, useRef, useState } from 'react';
import { addMachines, type NewMachine } from '../../api/editor-client.ts';
import { counted, fill, messages } from '../../messages/text.ts';
import { Field } from '../../ui/field.tsx';
import { DialogForm } from '../account/dialog-form.tsx';
import type { AddProps } from './add-dialog.tsx';
import { EditRefusal } from './edit-refusal.tsx';
import { indexOf } from './edit-problem.ts';
import { FoundLines } from './found-lines.tsx';
import classes from './editor-form.module.css';
import { InstallGuide } from './install-guide.tsx';
import { selectLine } from './line-places.ts';
import { isName } from './machine-values.ts';
import { machinesOf, parseLines, type ReadLine } from './parse-lines.ts';
import { useEdit } from './use-edit.ts';

const texts = messages.editor.add;

/** Machines that are pasted, one to a line: all of them are added, or none. */
export function AddMany({ network, known, onDone, onClose }: AddProps) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [auth, setAuth] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const lines = useMemo(() => parseLines(text, known), [text, known]);
  const edit = useEdit({
    network,
    act: (machines: NewMachine[]) => addMachines(network, machines),
    onDone: (_, machines) => onDone(machines.map(({ name }) => name)),
  });
  const told = withRefusal(lines, edit.refusal?.parts ?? []);
  const wrong = told.filter(({ problem }) => problem !== null).length;
  const isAuthWrong = auth.trim() !== '' && !isName(auth.trim());
  const send = (): void => {
    const machines = machinesOf(lines);
    setIsChecked(true);
    if (machines === null || isAuthWrong) edit.hold();
    else edit.attempt.run(auth.trim() === '' ? machines : machines.map(one => ({ ...one, auth: auth.trim() })));
  };
  const areLinesWrong = isChecked && (wrong > 0 || lines.length === 0);
  return (
    <DialogForm
      attempt={edit.attempt}
      submit={lines.length > 1 ? counted(texts.submitMany, lines.length) : texts.submit}
      busy={messages.editor.saving}
      onCancel={onClose}
      onSubmit={send}
    >
      <div className={classes.lines}>
        <label htmlFor={id}>{texts.lines}</label>
        <p id={`${id}-hint`} className={classes.dim}>
          {texts.linesHint}
        </p>
        <textarea
          ref={area}
          id={id}
          value={text}
          placeholder={texts.linesExample}
          wrap="off"
          spellCheck={false}
          autoCapitalize="none"
          data-autofocus
          aria-describedby={`${id}-hint ${id}-sum`}
          aria-invalid={areLinesWrong || undefined}
          onChange={event => setText(event.currentTarget.value)}
        />
        <p id={`${id}-sum`} className={areLinesWrong ? classes.bad : classes.dim} role="status">
          {sumOf(lines.length, wrong)}
        </p>
      </div>
      {lines.length > 0 && (
        <FoundLines lines={told} onShow={line => area.current !== null && selectLine(area.current, line)} />
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

function sumOf(all: number, wrong: number): string {
  if (all === 0) return texts.noLines;
  const machines = counted(texts.found, all);
  return wrong === 0 ? machines : fill(texts.foundWrong, { machines, problems: counted(texts.wrong, wrong) });
}

/** What the server found wrong stands at the line it is about, until the text is changed. */
function withRefusal(
  lines: readonly ReadLine[],
  parts: readonly { readonly path: string; readonly message: string }[],
): ReadLine[] {
  const problems = new Map(parts.map(({ path, message }) => [indexOf(path), message]));
  return lines.map((line, index) => ({ ...line, problem: line.problem ?? problems.get(index) ?? null }));
}
