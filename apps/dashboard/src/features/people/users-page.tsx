import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usersQuery } from '../../api/people-queries.ts';
import { counted, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { loadDialogWindow } from '../../ui/load-dialog-window.ts';
import { LatePart } from '../../ui/late-part.tsx';
import { lazyOnAct } from '../../ui/lazy-on-act.ts';
import { PageHeader } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useTabTitle } from '../../ui/use-tab-title.ts';
import { Told } from '../account/told.tsx';
import { useMay } from '../account/use-session.ts';
import { ReadFailed } from '../network/network-states.tsx';
import type { Asked } from './asked.ts';
import { UserTable } from './user-table.tsx';
import classes from './users-page.module.css';

const texts = messages.people.users;
const UserDialogs = lazyOnAct(async () => {
  const [{ UserDialogs: Dialogs }] = await Promise.all([import('./user-dialogs.tsx'), loadDialogWindow()]);
  return Dialogs;
});

/** The page at `/settings/users`: who may come in, and as what. */
export function UsersPage() {
  useTabTitle(texts.title);
  const users = useQuery(usersQuery);
  const mayWrite = useMay('users:write', false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [told, setTold] = useState<string | null>(null);
  return (
    <>
      <div className={classes.head}>
        <PageHeader title={texts.title}>
          {users.data !== undefined && <span className={classes.count}>{counted(texts.lead, users.data.length)}</span>}
          {mayWrite && (
            <Button variant="primary" icon={<Icon name="plus" />} onClick={() => setAsked({ kind: 'invite' })}>
              {texts.invite}
            </Button>
          )}
        </PageHeader>
      </div>
      <Told text={told} />
      <Panel>
        {users.data === undefined && users.error !== null ? (
          <ReadFailed error={users.error} onRetry={() => void users.refetch()} />
        ) : (
          <UserTable users={users.data ?? null} {...(mayWrite ? { onAsk: setAsked } : {})} />
        )}
        {users.data?.length === 1 && <Alone />}
      </Panel>
      {asked !== null && (
        <LatePart onMissed={() => setAsked(null)}>
          <UserDialogs asked={asked} onAsk={setAsked} onTold={setTold} />
        </LatePart>
      )}
    </>
  );
}

/** What the page is for, told to who has not used it yet. */
function Alone() {
  return (
    <div className={classes.alone}>
      <h2>{texts.aloneTitle}</h2>
      <p>{texts.aloneText}</p>
    </div>
  );
}
