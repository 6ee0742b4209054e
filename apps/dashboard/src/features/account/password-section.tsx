import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccountView } from '../../api/account-client.ts';
import { changePassword } from '../../api/people-client.ts';
import { ownSessionsQuery } from '../../api/people-queries.ts';
import { sessionQuery } from '../../api/queries.ts';
import { messages } from '../../messages/text.ts';
import { Panel } from '../../ui/panel.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { InsecureNote } from './account-page.tsx';
import { DialogForm } from './dialog-form.tsx';
import { fieldProblems, newPasswordProblem } from './form-problem.ts';
import { NewPasswordField } from './new-password-field.tsx';
import classes from './own-account.module.css';
import { Section } from './section.tsx';
import { Told } from './told.tsx';
import { useSending } from './use-sending.ts';

const texts = messages.people.password;

/** A new password, or a first one for who signs in with Google. */
export function PasswordSection({ account }: { account: AccountView }) {
  const [changes, setChanges] = useState(0);
  return (
    <Section title={texts.title} lead={account.hasPassword ? texts.lead : texts.firstLead}>
      <Panel>
        <div className={classes.card}>
          <div className={classes.narrow}>
            {/* Fields that hold passwords are not emptied but made anew. */}
            <PasswordForm key={changes} account={account} onDone={() => setChanges(changes + 1)} />
          </div>
        </div>
      </Panel>
      <Told text={changes === 0 ? null : texts.done} />
    </Section>
  );
}

function PasswordForm({ account, onDone }: { account: AccountView; onDone: () => void }) {
  const { email, hasPassword } = account;
  const queryClient = useQueryClient();
  const attempt = useSending({
    act: changePassword,
    onDone: async () => {
      await Promise.all([queryClient.invalidateQueries(sessionQuery), queryClient.invalidateQueries(ownSessionsQuery)]);
      onDone();
    },
  });
  return (
    <DialogForm
      attempt={attempt}
      submit={hasPassword ? texts.submit : texts.submitFirst}
      busy={texts.busy}
      onSubmit={valueOf => {
        const [current, password] = [valueOf('current'), valueOf('password')];
        const problem = fieldProblems({
          current: hasPassword && current === '' ? messages.field.passwordMissing : undefined,
          password: newPasswordProblem(password),
        });
        if (problem !== null) attempt.refuse(problem);
        else attempt.run(hasPassword ? { current, password } : { password });
      }}
    >
      <InsecureNote />
      {/* For password managers only, which keep the two together. */}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      {hasPassword && (
        <PasswordField
          label={texts.current}
          name="current"
          autoComplete="current-password"
          problem={attempt.problem.fields.current}
        />
      )}
      <NewPasswordField label={messages.field.newPassword} attempt={attempt} />
    </DialogForm>
  );
}
