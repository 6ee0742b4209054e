import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { endOtherSessions, endSession, type SessionItem } from '../../api/people-client.ts';
import { ownSessionsQuery } from '../../api/people-queries.ts';
import { counted, fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { Ago } from '../../ui/moment.tsx';
import { Panel } from '../../ui/panel.tsx';
import { type RecordColumn, Records } from '../../ui/records.tsx';
import { Tag } from '../../ui/tag.tsx';
import { ReadFailed } from '../network/network-states.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import classes from './own-account.module.css';
import { Section } from './section.tsx';
import { sortSessions } from './sort-sessions.ts';
import { Told } from './told.tsx';
import { browserWords } from './user-agent.ts';

const texts = messages.people.session;

/** More are shown when asked for. */
const SHOWN_AT_FIRST = 6;

/** Where one is signed in, and how to end that. */
export function SessionsSection() {
  const sessions = useQuery(ownSessionsQuery);
  const [asked, setAsked] = useState<SessionItem | 'others' | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const close = (): void => setAsked(null);
  const done = (text: string): void => {
    setTold(text);
    close();
  };
  const hasOthers = (sessions.data?.length ?? 0) > 1;
  return (
    <Section
      title={texts.title}
      lead={texts.lead}
      action={
        hasOthers && (
          <Button size="small" onClick={() => setAsked('others')}>
            {texts.endOthers}
          </Button>
        )
      }
    >
      <Told text={told} />
      <Panel>
        {sessions.data === undefined && sessions.error !== null ? (
          <ReadFailed error={sessions.error} onRetry={() => void sessions.refetch()} />
        ) : (
          <SessionList sessions={sessions.data ?? null} onEnd={setAsked} />
        )}
      </Panel>
      {asked === 'others' && <EndOthers onDone={done} onClose={close} />}
      {asked !== null && asked !== 'others' && <EndOne session={asked} onDone={done} onClose={close} />}
    </Section>
  );
}

interface ListProps {
  readonly sessions: readonly SessionItem[] | null;
  readonly onEnd: (session: SessionItem) => void;
}

function SessionList({ sessions, onEnd }: ListProps) {
  const [isAll, setIsAll] = useState(false);
  const sorted = sessions === null ? null : sortSessions(sessions);
  const shown = isAll ? sorted : (sorted?.slice(0, SHOWN_AT_FIRST) ?? null);
  const hidden = (sorted?.length ?? 0) - (shown?.length ?? 0);
  return (
    <>
      <Records caption={texts.caption} columns={columnsOf(onEnd)} items={shown} keyOf={({ id }) => id} />
      {hidden > 0 && (
        <div className={classes.foot}>
          <Button size="small" variant="quiet" onClick={() => setIsAll(true)}>
            {counted(texts.more, hidden)}
          </Button>
        </div>
      )}
    </>
  );
}

function columnsOf(onEnd: (session: SessionItem) => void): RecordColumn<SessionItem>[] {
  const { column, method } = texts;
  return [
    { key: 'browser', label: column.browser, part: 'head', render: session => <Browser session={session} /> },
    { key: 'address', label: column.address, widthPx: 150, render: ({ address }) => address ?? texts.unknownAddress },
    {
      key: 'begun',
      label: column.begun,
      widthPx: 150,
      render: session => (
        <>
          <Ago at={session.createdAt} />
          <span className={classes.sub}>{method[session.method]}</span>
        </>
      ),
    },
    { key: 'used', label: column.used, widthPx: 130, render: ({ lastUsedAt }) => <Ago at={lastUsedAt} /> },
    {
      key: 'end',
      label: column.end,
      part: 'end',
      widthPx: 108,
      render: session =>
        session.current ? null : (
          <Button size="small" aria-label={fill(texts.endHint, wordsOf(session))} onClick={() => onEnd(session)}>
            {texts.end}
          </Button>
        ),
    },
  ];
}

function Browser({ session }: { session: SessionItem }) {
  return (
    <span className={classes.head} title={session.userAgent ?? undefined}>
      <span className={classes.name}>{browserWords(session.userAgent)}</span>
      {session.current && <Tag tone="accent">{texts.current}</Tag>}
    </span>
  );
}

interface EndProps {
  readonly onDone: (told: string) => void;
  readonly onClose: () => void;
}

function EndOne({ session, onDone, onClose }: EndProps & { session: SessionItem }) {
  const reread = useReread();
  const words = wordsOf(session);
  return (
    <ConfirmDialog
      title={texts.endTitle}
      submit={texts.end}
      act={() => endSession(session.id).finally(reread)}
      onDone={() => onDone(fill(texts.ended, words))}
      onClose={onClose}
    >
      <p>{fill(texts.endText, words)}</p>
    </ConfirmDialog>
  );
}

function EndOthers({ onDone, onClose }: EndProps) {
  const reread = useReread();
  return (
    <ConfirmDialog
      title={texts.endOthersTitle}
      submit={texts.endOthers}
      act={() => endOtherSessions().finally(reread)}
      onDone={() => onDone(texts.endedOthers)}
      onClose={onClose}
    >
      <p>{texts.endOthersText}</p>
    </ConfirmDialog>
  );
}

function wordsOf({ userAgent, address }: SessionItem): { browser: string; address: string } {
  return { browser: browserWords(userAgent), address: address ?? texts.unknownAddress };
}

/** Also after a refusal: it may have ended elsewhere meanwhile. */
function useReread(): () => void {
  const queryClient = useQueryClient();
  return () => void queryClient.invalidateQueries(ownSessionsQuery);
}
