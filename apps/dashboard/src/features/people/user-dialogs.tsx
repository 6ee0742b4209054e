import { fill, messages } from '../../messages/text.ts';
import { nameOf } from '../account/use-session.ts';
import type { Asked } from './asked.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MadeLink, NewLinkDialog } from './link-dialogs.tsx';
import { UserConfirm } from './user-confirm.tsx';

interface UserDialogsProps {
  readonly asked: Asked;
  readonly onAsk: (asked: Asked | null) => void;
  /** What was done, for the page to say. */
  readonly onTold: (text: string) => void;
}

const { told } = messages.people.users;

/** The dialog that is open. */
export function UserDialogs({ asked, onAsk, onTold }: UserDialogsProps) {
  const close = (): void => onAsk(null);
  const done = (text: string): void => {
    onTold(text);
    close();
  };
  switch (asked.kind) {
    case 'invite':
      return (
        <InviteDialog
          onClose={close}
          onMade={({ user, link }) => {
            const who = nameOf(user);
            onTold(fill(told.invited, { who }));
            onAsk({ kind: 'made', who, link });
          }}
        />
      );
    case 'made':
      return <MadeLink who={asked.who} link={asked.link} onClose={close} />;
    case 'change':
      return <ChangeDialog user={asked.user} onDone={done} onClose={close} />;
    case 'link':
      return (
        <NewLinkDialog
          user={asked.user}
          onClose={close}
          onMade={link => {
            const who = nameOf(asked.user);
            onTold(fill(told.linked, { who }));
            onAsk({ kind: 'made', who, link });
          }}
        />
      );
    case 'sessions':
    case 'disable':
    case 'enable':
    case 'remove':
      return <UserConfirm act={asked.kind} user={asked.user} onDone={done} onClose={close} />;
  }
}
