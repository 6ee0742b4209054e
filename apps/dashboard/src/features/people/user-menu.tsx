import { Link } from '@tanstack/react-router';
import type { User } from '../../api/people-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { PopCard } from '../../ui/pop-card.tsx';
import { nameOf, useMay } from '../account/use-session.ts';
import { actsFor, isGrave, type Asked, type UserAct } from './asked.ts';
import classes from './users-page.module.css';

const texts = messages.people.users;

/** What can be done about an account. */
export function UserMenu({ user, onAsk }: { user: User; onAsk: (asked: Asked) => void }) {
  const acts = actsFor(user);
  const itemOf = (act: UserAct) => <MenuItem key={act} act={act} user={user} onAsk={onAsk} />;
  return (
    <PopCard
      side="end"
      className={classes.more ?? ''}
      hint={fill(texts.actions, { who: nameOf(user) })}
      label={<Icon name="more" />}
    >
      <ul className={classes.menu}>
        {acts.filter(act => !isGrave(act)).map(itemOf)}
        <AuditWay user={user} />
        {acts.filter(isGrave).map(itemOf)}
      </ul>
    </PopCard>
  );
}

interface ItemProps {
  readonly act: UserAct;
  readonly user: User;
  readonly onAsk: (asked: Asked) => void;
}

function MenuItem({ act, user, onAsk }: ItemProps) {
  return (
    <li>
      <button
        type="button"
        data-act={act}
        onClick={event => {
          // First, so that the focus is on the button of the menu, to which it comes back after the dialog.
          event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
          onAsk({ kind: act, user });
        }}
      >
        {labelOf(act, user)}
      </button>
    </li>
  );
}

function AuditWay({ user: { email } }: { user: User }) {
  if (!useMay('audit:read', false)) return null;
  return (
    <li>
      <Link to="/settings/audit" search={{ actor: email }}>
        {texts.action.audit}
      </Link>
    </li>
  );
}

function labelOf(act: UserAct, { status }: User): string {
  const { invite, reset, ...labels } = texts.action;
  if (act === 'link') return status === 'invited' ? invite : reset;
  return labels[act];
}
