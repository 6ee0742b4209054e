import { changeUser, endUserSessions, removeUser, type User } from '../../api/people-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { ConfirmDialog } from '../account/confirm-dialog.tsx';
import { nameOf, useSession } from '../account/use-session.ts';
import type { UserAct } from './asked.ts';
import { useRereadUsers } from './use-reread-users.ts';
import classes from './users-page.module.css';

type ConfirmedAct = Exclude<UserAct, 'change' | 'link'>;

const { confirm, told } = messages.people.users;

/** How each is asked for and done. */
const ACTS: Readonly<Record<ConfirmedAct, Act>> = {
  sessions: {
    title: confirm.sessionsTitle,
    text: confirm.sessionsText,
    submit: confirm.sessionsSubmit,
    told: told.signedOut,
    run: endUserSessions,
  },
  disable: {
    title: confirm.disableTitle,
    text: confirm.disableText,
    submit: confirm.disableSubmit,
    told: told.disabled,
    run: id => changeUser(id, { disabled: true }),
  },
  enable: {
    title: confirm.enableTitle,
    text: confirm.enableText,
    submit: confirm.enableSubmit,
    told: told.enabled,
    run: id => changeUser(id, { disabled: false }),
  },
  remove: {
    title: confirm.removeTitle,
    text: confirm.removeText,
    submit: confirm.removeSubmit,
    told: told.removed,
    run: removeUser,
  },
};

interface Act {
  readonly title: string;
  readonly text: string;
  readonly submit: string;
  readonly told: string;
  readonly run: (id: number) => Promise<unknown>;
}

interface UserConfirmProps {
  readonly act: ConfirmedAct;
  readonly user: User;
  readonly onDone: (told: string) => void;
  readonly onClose: () => void;
}

/** Asks before somebody is locked out, let in again, or removed for good. */
export function UserConfirm({ act, user, onDone, onClose }: UserConfirmProps) {
  const reread = useRereadUsers();
  const isSelf = useSession()?.account?.id === user.id;
  const who = nameOf(user);
  const { title, text, submit, told: toldText, run } = ACTS[act];
  return (
    <ConfirmDialog
      title={fill(title, { who })}
      submit={submit}
      variant={act === 'enable' ? 'primary' : 'danger'}
      {...(act === 'remove' ? { typed: user.email } : {})}
      act={() => run(user.id).finally(reread)}
      onDone={() => onDone(fill(toldText, { who }))}
      onClose={onClose}
    >
      <p>{text}</p>
      {isSelf && <p className={classes.caution}>{confirm.self}</p>}
    </ConfirmDialog>
  );
}
