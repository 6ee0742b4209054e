import { choosePassword } from '../../api/account-client.ts';
import { ApiError } from '../../api/api-error.ts';
import { fill, messages } from '../../messages/text.ts';
import { AccountForm } from './account-form.tsx';
import { AccountPage, InsecureNote } from './account-page.tsx';
import classes from './account.module.css';
import { InvalidLink } from './dead-link.tsx';
import { fieldProblems, newPasswordProblem } from './form-problem.ts';
import { NewPasswordField } from './new-password-field.tsx';
import { useAttempt } from './use-attempt.ts';
import { nameOf, useSession } from './use-session.ts';

interface ChoosePasswordProps {
  readonly secret: string;
  readonly purpose: 'invite' | 'reset';
  /** Whose password it is. */
  readonly email: string;
}

/** A first password, or another one. Afterwards one is signed in. */
export function ChoosePasswordForm({ secret, purpose, email }: ChoosePasswordProps) {
  const attempt = useAttempt((password: string) => choosePassword(secret, password), '/');
  if (attempt.error instanceof ApiError && attempt.error.code === 'LINK_INVALID') return <InvalidLink kind="link" />;
  const { link, field } = messages;
  const isInvite = purpose === 'invite';
  return (
    <AccountPage title={isInvite ? link.inviteTitle : link.resetTitle}>
      <p className={classes.text}>{fill(isInvite ? link.inviteLead : link.resetLead, { email })}</p>
      <OtherSession email={email} />
      <AccountForm
        attempt={attempt}
        submit={link.submit}
        busy={link.busy}
        onSubmit={valueOf => {
          const password = valueOf('password');
          const problem = fieldProblems({ password: newPasswordProblem(password) });
          if (problem === null) attempt.run(password);
          else attempt.refuse(problem);
        }}
      >
        <InsecureNote />
        {/* For password managers only, which keep the two together. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <NewPasswordField label={isInvite ? field.password : field.newPassword} attempt={attempt} autoFocus />
      </AccountForm>
    </AccountPage>
  );
}

/** Somebody else is signed in here, perhaps the admin who is trying the link. */
function OtherSession({ email }: { email: string }) {
  const account = useSession()?.account ?? null;
  if (account === null || account.email === email) return null;
  return <p className={classes.dim}>{fill(messages.link.replaces, { who: nameOf(account) })}</p>;
}
