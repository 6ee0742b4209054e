import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { NetworkFile } from '../../api/editor-client.ts';
import { networkFileQuery } from '../../api/editor-queries.ts';
import { machinesQuery } from '../../api/queries.ts';
import { counted, fill, messages } from '../../messages/text.ts';
import { Ago } from '../../ui/moment.tsx';
import { Banner } from '../../ui/notice.tsx';
import { loadDialogWindow } from '../../ui/load-dialog-window.ts';
import { LatePart } from '../../ui/late-part.tsx';
import { lazyOnAct } from '../../ui/lazy-on-act.ts';
import { Panel } from '../../ui/panel.tsx';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { Told } from '../account/told.tsx';
import { ReadFailed } from '../network/network-states.tsx';
import type { Asked } from './asked.ts';
import { EditorHead, EditorWays } from './editor-frame.tsx';
import { FilePanel } from './file-panel.tsx';
import { FileTroubles } from './file-troubles.tsx';
import { entryOf } from './machine-entry.ts';
import { machineLines } from './machine-line.ts';
import { MachinesPanel } from './machines-panel.tsx';
import { useDraft } from './use-draft.ts';
import { useLeaveGuard } from './use-leave-guard.ts';

const texts = messages.editor;
const EditorDialogs = lazyOnAct(async () => {
  const [{ EditorDialogs: Dialogs }] = await Promise.all([import('./editor-dialogs.tsx'), loadDialogWindow()]);
  return Dialogs;
});

/** One network: its machines, and the file that names them. */
export function NetworkEditor({ network }: { network: string }) {
  const file = useQuery(networkFileQuery(network));
  const machines = useQuery(machinesQuery(network, false));
  const [view] = useUrlParam('view');
  const [asked, setAsked] = useState<Asked | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const draft = useDraft(file.data);
  useLeaveGuard(draft.text !== null);
  const written = file.data?.machines;
  const entries = useMemo(() => written?.map(entryOf) ?? null, [written]);
  const known = useMemo(() => new Set(entries?.map(({ name }) => name)), [entries]);
  const isFile = view === 'file';
  const close = (): void => setAsked(null);
  return (
    <>
      <EditorHead
        count={entries === null ? null : counted(texts.lead, entries.length, { network })}
        onAdd={entries === null ? null : () => setAsked({ kind: 'add' })}
      />
      {file.data?.type === 'git' && <Banner tone="caution">{texts.git.banner}</Banner>}
      <FileTroubles troubles={file.data?.troubles ?? []} />
      <Told text={told} />
      <EditorWays last={file.data === undefined ? null : <LastChange file={file.data} />} />
      {file.data === undefined && file.error !== null ? (
        <Panel>
          <ReadFailed error={file.error} onRetry={() => void file.refetch()} />
        </Panel>
      ) : isFile ? (
        <FilePanel network={network} file={file.data ?? null} draft={draft} onTold={setTold} />
      ) : (
        <MachinesPanel
          network={network}
          lines={entries === null ? null : machineLines(entries, machines.data?.items ?? [])}
          onAsk={setAsked}
        />
      )}
      {asked !== null && (
        <LatePart onMissed={close}>
          <EditorDialogs network={network} known={known} asked={asked} onClose={close} onTold={setTold} />
        </LatePart>
      )}
    </>
  );
}

function LastChange({ file: { version, author, acceptedAt } }: { file: NetworkFile }) {
  return (
    <>
      {fill(texts.last, { version, who: author === 'file' ? texts.byHand : author })} <Ago at={acceptedAt} />
    </>
  );
}
