import { useState } from 'react';
import { inviteUser, type CreateUser, type NewUser, type User } from '../../api/people-client.ts';
import { messages } from '../../messages/text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { DialogForm } from '../account/dialog-form.tsx';
import { emailProblem, fieldProblems } from '../account/form-problem.ts';
import { useSending } from '../account/use-sending.ts';
import { NetworksField } from './networks-field.tsx';
import { RoleField } from './role-field.tsx';
import { useRereadUsers } from './use-reread-users.ts';

const texts = messages.people.users.form;

interface InviteProps {
  readonly onMade: (made: NewUser) => void;
  readonly onClose: () => void;
}

/** A new account, for which a link is made at once. */
export function InviteDialog({ onMade, onClose }: InviteProps) {
  const [role, setRole] = useState<User['role']>('user');
  const [networks, setNetworks] = useState<readonly string[] | null>(null);
  const reread = useRereadUsers();
  const attempt = useSending({
    act: (user: CreateUser) => inviteUser(user).finally(reread),
    onDone: onMade,
  });
  const { field } = messages;
  const problems = attempt.problem.fields;
  return (
    <Dialog title={texts.inviteTitle} onClose={onClose}>
      <DialogForm
        attempt={attempt}
        submit={texts.inviteSubmit}
        busy={texts.inviteBusy}
        onCancel={onClose}
        onSubmit={valueOf => {
          const [email, name] = [valueOf('email').trim(), valueOf('name').trim()];
          const problem = fieldProblems({
            email: emailProblem(email),
            networks: networks?.length === 0 ? texts.networksMissing : undefined,
          });
          if (problem !== null) attempt.refuse(problem);
          else attempt.run({ email, name, role, networks: networks === null ? null : [...networks] });
        }}
      >
        <p>{texts.inviteLead}</p>
        <Field
          label={field.email}
          name="email"
          type="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
          problem={problems.email}
        />
        <Field
          label={field.name}
          aside={field.optional}
          name="name"
          maxLength={100}
          autoComplete="off"
          problem={problems.name}
        />
        <RoleField value={role} onChange={setRole} />
        <NetworksField role={role} value={networks} onChange={setNetworks} problem={problems.networks} />
      </DialogForm>
    </Dialog>
  );
}
