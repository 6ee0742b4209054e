import type { User } from '../../api/people-client.ts';
import { messages } from '../../messages/text.ts';
import { CheckGroup, CheckLine } from '../../ui/check-line.tsx';

type Role = User['role'];

const ROLES: readonly Role[] = ['user', 'admin'];
const { role: names, form: texts } = messages.people.users;

/** What an account is, with what that lets it do. */
export function RoleField({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  return (
    <CheckGroup label={texts.role}>
      {ROLES.map(role => (
        <CheckLine
          key={role}
          type="radio"
          name="role"
          label={names[role]}
          hint={texts.roleText[role]}
          checked={value === role}
          onChange={() => onChange(role)}
        />
      ))}
    </CheckGroup>
  );
}
