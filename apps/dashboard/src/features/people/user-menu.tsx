import { Link } from '@tanstack/react-router';
import type { User } from '../../api/people-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { Act, ActMenu } from '../../ui/act-menu.tsx';
import { nameOf, useMay } from '../account/use-session.ts';
import { actsFor, isGrave, type Asked, type UserAct } from './asked.ts';

const texts = messages.people.users;

/** What can be done about an account. */
export function UserMenu({ user, onAsk }: { user: User; onAsk: (asked: Asked) => void }) {
  const acts = actsFor(user);
  const itemOf = (act: UserAct) => <MenuItem key={act} act={act} user={user} onAsk={onAsk} />;
  return (
    <ActMenu hint={fill(texts.actions, { who: nameOf(user) })}>
      {acts.filter(act => !isGrave(act)).map(itemOf)}
      <AuditWay user={user} />
      {acts.filter(isGrave).map(itemOf)}
    </ActMenu>
  );
}

interface ItemProps {
  readonly act: UserAct;
  readonly user: User;
  readonly onAsk: (asked: Asked) => void;
}

function MenuItem({ act, user, onAsk }: ItemProps) {
  return (
    <Act isFinal={act === 'remove'} onPress={() => onAsk({ kind: act, user })}>
      {labelOf(act, user)}
    </Act>
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
