import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { NetworkFile } from '../../api/editor-client.ts';
import { networkFileQuery } from '../../api/editor-queries.ts';
import { machinesQuery } from '../../api/queries.ts';
import { counted, fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Ago } from '../../ui/moment.tsx';
import { Banner } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { Told } from '../account/told.tsx';
import { ReadFailed } from '../network/network-states.tsx';
import type { Asked } from './asked.ts';
import { EditorDialogs } from './editor-dialogs.tsx';
import classes from './editor-page.module.css';
import { FilePanel } from './file-panel.tsx';
import { FileTroubles } from './file-troubles.tsx';
import { entryOf } from './machine-entry.ts';
import { machineLines } from './machine-line.ts';
import { MachinesPanel } from './machines-panel.tsx';
import { useDraft } from './use-draft.ts';
import { useLeaveGuard } from './use-leave-guard.ts';

const texts = messages.editor;
const VIEWS = [
  { value: 'machines', label: texts.view.machines },
  { value: 'file', label: texts.view.file },
] as const;

/** One network: its machines, and the file that names them. */
export function NetworkEditor({ network }: { network: string }) {
  const file = useQuery(networkFileQuery(network));
  const machines = useQuery(machinesQuery(network, false));
  const [view, setView] = useUrlParam('view');
  const [asked, setAsked] = useState<Asked | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const draft = useDraft(file.data);
  useLeaveGuard(draft.text !== null);
  const written = file.data?.machines;
  const entries = useMemo(() => written?.map(entryOf) ?? null, [written]);
  const known = useMemo(() => new Set(entries?.map(({ name }) => name)), [entries]);
  const isFile = view === 'file';
  return (
    <>
      <div className={classes.head}>
        <PageHeader title={texts.title}>
          {entries !== null && (
            <span className={classes.count}>{counted(texts.lead, entries.length, { network })}</span>
          )}
          <Button
            variant="primary"
            icon={<Icon name="plus" />}
            aria-disabled={entries === null}
            onClick={() => entries !== null && setAsked({ kind: 'add' })}
          >
            {texts.add.open}
          </Button>
        </PageHeader>
      </div>
      {file.data?.type === 'git' && <Banner tone="caution">{texts.git.banner}</Banner>}
      <FileTroubles troubles={file.data?.troubles ?? []} />
      <Told text={told} />
      <div className={classes.ways}>
        <Segmented
          label={texts.view.label}
          segments={VIEWS}
          value={isFile ? 'file' : 'machines'}
          onChange={next => setView(next === 'machines' ? '' : next)}
        />
        {file.data !== undefined && <LastChange file={file.data} />}
      </div>
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
        <EditorDialogs network={network} known={known} asked={asked} onClose={() => setAsked(null)} onTold={setTold} />
      )}
    </>
  );
}

function LastChange({ file: { version, author, acceptedAt } }: { file: NetworkFile }) {
  return (
    <p className={classes.last}>
      {fill(texts.last, { version, who: author === 'file' ? texts.byHand : author })} <Ago at={acceptedAt} />
    </p>
  );
}
