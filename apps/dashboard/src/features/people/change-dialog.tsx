import { useState } from 'react';
import { changeUser, type ChangeUser, type User } from '../../api/people-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { DialogForm } from '../account/dialog-form.tsx';
import { fieldProblems } from '../account/form-problem.ts';
import { nameOf, useSession } from '../account/use-session.ts';
import { useSending } from '../account/use-sending.ts';
import { decideUserChanges } from './decide-user-changes.ts';
import { NetworksField } from './networks-field.tsx';
import { RoleField } from './role-field.tsx';
import { useRereadUsers } from './use-reread-users.ts';
import classes from './users-page.module.css';

const { form: texts, told } = messages.people.users;

interface ChangeProps {
  readonly user: User;
  readonly onDone: (told: string) => void;
  readonly onClose: () => void;
}

/** The name, the role and the networks of an account. */
export function ChangeDialog({ user, onDone, onClose }: ChangeProps) {
  const [role, setRole] = useState(user.role);
  const [networks, setNetworks] = useState<readonly string[] | null>(user.networks);
  const reread = useRereadUsers();
  const isSelf = useSession()?.account?.id === user.id;
  const attempt = useSending({
    act: (changes: ChangeUser) => changeUser(user.id, changes).finally(reread),
    onDone: changed => onDone(fill(told.changed, { who: nameOf(changed) })),
  });
  const problems = attempt.problem.fields;
  const send = (name: string): void => {
    const problem = fieldProblems({ networks: networks?.length === 0 ? texts.networksMissing : undefined });
    if (problem !== null) {
      attempt.refuse(problem);
      return;
    }
    const changes = decideUserChanges(user, { name, role, networks: networks === null ? null : [...networks] });
    if (changes === null) onDone(told.unchanged);
    else attempt.run(changes);
  };
  return (
    <Dialog title={fill(texts.changeTitle, { who: nameOf(user) })} onClose={onClose}>
      <DialogForm
        attempt={attempt}
        submit={texts.changeSubmit}
        busy={texts.changeBusy}
        onCancel={onClose}
        onSubmit={valueOf => send(valueOf('name').trim())}
      >
        {isSelf && <p className={classes.caution}>{texts.self}</p>}
        <Field
          label={messages.field.name}
          aside={messages.field.optional}
          name="name"
          defaultValue={user.name}
          maxLength={100}
          autoComplete="off"
          data-autofocus
          problem={problems.name}
        />
        <RoleField value={role} onChange={setRole} />
        <NetworksField role={role} value={networks} onChange={setNetworks} problem={problems.networks} />
      </DialogForm>
    </Dialog>
  );
}
