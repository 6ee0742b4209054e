import type { User } from '../../api/people-client.ts';
import { messages } from '../../messages/text.ts';
import { Ago } from '../../ui/moment.tsx';
import { type RecordColumn, Records } from '../../ui/records.tsx';
import { Tag } from '../../ui/tag.tsx';
import { nameOf, useSession } from '../account/use-session.ts';
import type { Asked } from './asked.ts';
import { UserMenu } from './user-menu.tsx';
import { UserStatus } from './user-status.tsx';
import classes from './users-page.module.css';

const texts = messages.people.users;

interface UserTableProps {
  /** `null`: they are being read. */
  readonly users: readonly User[] | null;
  /** Left out for who may only look. */
  readonly onAsk?: (asked: Asked) => void;
}

/** Every account, the oldest first. */
export function UserTable({ users, onAsk }: UserTableProps) {
  const ownId = useSession()?.account?.id;
  return (
    <Records
      caption={texts.caption}
      columns={columnsOf(ownId, onAsk)}
      items={users}
      keyOf={({ id }) => id}
      isPast={({ status }) => status === 'disabled'}
    />
  );
}

function columnsOf(ownId: number | undefined, onAsk: UserTableProps['onAsk']): RecordColumn<User>[] {
  const { column, role } = texts;
  const columns: RecordColumn<User>[] = [
    {
      key: 'person',
      label: column.person,
      part: 'head',
      render: user => <Person user={user} isSelf={user.id === ownId} />,
    },
    { key: 'role', label: column.role, widthPx: 76, render: user => role[user.role] },
    {
      key: 'networks',
      label: column.networks,
      widthPx: 150,
      render: ({ networks }) => networks?.join(', ') ?? messages.people.networksAll,
    },
    { key: 'ways', label: column.ways, widthPx: 110, render: user => <Ways user={user} /> },
    {
      key: 'seen',
      label: column.seen,
      widthPx: 130,
      render: ({ lastSignInAt }) => (lastSignInAt === null ? messages.people.never : <Ago at={lastSignInAt} />),
    },
    { key: 'state', label: column.state, widthPx: 110, render: user => <UserStatus status={user.status} /> },
  ];
  if (onAsk === undefined) return columns;
  return [
    ...columns,
    {
      key: 'end',
      label: column.end,
      part: 'end',
      widthPx: 62,
      render: user => <UserMenu user={user} onAsk={onAsk} />,
    },
  ];
}

function Person({ user, isSelf }: { user: User; isSelf: boolean }) {
  return (
    <>
      <span className={classes.person}>
        {nameOf(user)}
        {isSelf && <Tag tone="accent">{texts.you}</Tag>}
      </span>
      {user.name !== '' && <span className={classes.email}>{user.email}</span>}
    </>
  );
}

function Ways({ user: { hasPassword, hasGoogle } }: { user: User }) {
  const { password, google, none } = texts.way;
  if (!hasPassword && !hasGoogle) return <span className={classes.dim}>{none}</span>;
  return (
    <>
      {hasPassword && <span className={classes.ways}>{password}</span>}
      {hasGoogle && <span className={classes.ways}>{google}</span>}
    </>
  );
}
