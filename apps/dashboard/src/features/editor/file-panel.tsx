import { useMemo, useRef } from 'react';
import { type NetworkFile, replaceNetworkFile } from '../../api/editor-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Records } from '../../ui/records.tsx';
import { Patch } from './edit-refusal.tsx';
import classes from './file-panel.module.css';
import { ProblemList } from './problem-list.tsx';
import { StaleNote } from './stale-note.tsx';
import { TextEditor, type TextEditorHandle } from './text-editor.tsx';
import type { Draft } from './use-draft.ts';
import { useEdit } from './use-edit.ts';
import { useReread } from './use-reread.ts';

const texts = messages.editor.file;

interface FilePanelProps {
  readonly network: string;
  /** `null`: it is being read. */
  readonly file: NetworkFile | null;
  readonly draft: Draft;
  readonly onTold: (text: string) => void;
}

/** The network file itself. */
export function FilePanel({ network, file, draft, onTold }: FilePanelProps) {
  const editor = useRef<TextEditorHandle>(null);
  const reread = useReread(network);
  const edit = useEdit({
    network,
    act: ({ hash, text }: { hash: string; text: string }) => replaceNetworkFile(network, hash, text),
    onDone: async ({ version }) => {
      // The former text would be seen for a moment.
      await reread();
      draft.drop();
      onTold(fill(messages.editor.told.saved, { version }));
    },
  });
  const parts = edit.refusal?.parts ?? [];
  const wrongLines = useMemo(() => new Set(parts.flatMap(({ line }) => line ?? [])), [parts]);
  if (file === null) {
    return (
      <Panel>
        <Records caption={texts.label} columns={[]} items={null} keyOf={String} />
      </Panel>
    );
  }
  const { attempt } = edit;
  // While it is saved, the newer version may be one's own.
  const isStale = draft.isStale && !attempt.isBusy;
  const isBlocked = attempt.isBusy || draft.text === null || isStale;
  /** What is written is another text afterwards. */
  const cleared = (act: () => void) => () => {
    edit.clear();
    act();
  };
  const save = (): void => {
    if (!isBlocked && draft.text !== null && draft.baseHash !== null)
      attempt.run({ hash: draft.baseHash, text: draft.text });
  };
  return (
    <div className={classes.file}>
      {isStale && draft.text !== null && (
        <StaleNote file={file} text={draft.text} onTheirs={cleared(draft.drop)} onMine={cleared(draft.rebase)} />
      )}
      {!isStale && (
        <ProblemList alert={attempt.problem.alert} parts={parts} onShow={line => editor.current?.show(line)} />
      )}
      {edit.refusal?.patch != null && <Patch patch={edit.refusal.patch} />}
      <TextEditor
        ref={editor}
        label={fill(texts.text, { network })}
        text={draft.text ?? file.text}
        wrongLines={wrongLines}
        onChange={draft.write}
      />
      {!isStale && (
        <div className={classes.foot}>
          <p className={classes.hint}>{draft.text === null ? texts.hint : texts.unsaved}</p>
          {draft.text !== null && <Button onClick={cleared(draft.drop)}>{texts.drop}</Button>}
          <Button variant="primary" aria-disabled={isBlocked} onClick={save}>
            {attempt.isBusy ? messages.editor.saving : file.type === 'git' ? texts.propose : texts.save}
          </Button>
        </div>
      )}
    </div>
  );
}
