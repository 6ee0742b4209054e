import { signIn } from '../../api/account-client.ts';
import { messages } from '../../messages/text.ts';
import { Field } from '../../ui/field.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { AccountForm, ALERT_ID } from './account-form.tsx';
import { InsecureNote } from './account-page.tsx';
import { emailProblem, fieldProblems } from './form-problem.ts';
import { useAttempt } from './use-attempt.ts';

interface SignInFormProps {
  /** Where to go when it has worked. */
  readonly next: string;
  /** What went wrong with another way to sign in; `null`: nothing. */
  readonly alert: string | null;
}

/** By e-mail address and password. */
export function SignInForm({ next, alert }: SignInFormProps) {
  const attempt = useAttempt(signIn, next, { alert, fields: {} });
  const { email, password } = attempt.problem.fields;
  return (
    <AccountForm
      attempt={attempt}
      submit={messages.signIn.submit}
      busy={messages.signIn.busy}
      onSubmit={valueOf => {
        const values = { email: valueOf('email').trim(), password: valueOf('password') };
        const problem = fieldProblems({
          email: emailProblem(values.email),
          password: values.password === '' ? messages.field.passwordMissing : undefined,
        });
        if (problem === null) attempt.run(values);
        else attempt.refuse(problem);
      }}
    >
      <InsecureNote />
      <Field
        label={messages.field.email}
        name="email"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        problem={email}
      />
      <PasswordField
        label={messages.field.password}
        autoComplete="current-password"
        problem={password}
        describedBy={attempt.problem.alert === null ? undefined : ALERT_ID}
      />
    </AccountForm>
  );
}
