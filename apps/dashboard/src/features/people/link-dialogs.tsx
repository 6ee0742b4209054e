import { makeUserLink, type User, type UserLink } from '../../api/people-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatFullMoment } from '../../ui/format.ts';
import { DialogForm } from '../account/dialog-form.tsx';
import { nameOf } from '../account/use-session.ts';
import { useSending } from '../account/use-sending.ts';
import classes from './users-page.module.css';

const texts = messages.people.users.link;

interface NewLinkProps {
  readonly user: User;
  readonly onMade: (link: UserLink) => void;
  readonly onClose: () => void;
}

/** Asks whether a link is to be made: it takes the place of a former one. */
export function NewLinkDialog({ user, onMade, onClose }: NewLinkProps) {
  const attempt = useSending<void, UserLink>({ act: () => makeUserLink(user.id), onDone: onMade });
  const who = nameOf(user);
  const isInvited = user.status === 'invited';
  return (
    <Dialog title={fill(isInvited ? texts.makeInviteTitle : texts.makeResetTitle, { who })} onClose={onClose}>
      <DialogForm
        attempt={attempt}
        submit={texts.makeSubmit}
        busy={messages.dialog.busy}
        onCancel={onClose}
        onSubmit={() => attempt.run()}
      >
        <p>{fill(isInvited ? texts.makeInviteText : texts.makeResetText, { who })}</p>
      </DialogForm>
    </Dialog>
  );
}

interface MadeLinkProps {
  readonly who: string;
  readonly link: UserLink;
  readonly onClose: () => void;
}

/** A link to hand on; nobody can show it again. */
export function MadeLink({ who, link: { purpose, url, expiresAt }, onClose }: MadeLinkProps) {
  const title = purpose === 'invite' ? texts.inviteTitle : texts.resetTitle;
  return (
    <Dialog title={fill(title, { who })} size="wide" onClose={onClose}>
      <div className={classes.stack}>
        <p>{texts.text}</p>
        <CopyText label={texts.label} text={url} />
        <p className={classes.dim}>{fill(texts.ends, { moment: formatFullMoment(Date.parse(expiresAt)) })}</p>
        <Button variant="primary" onClick={onClose}>
          {messages.dialog.done}
        </Button>
      </div>
    </Dialog>
  );
}
