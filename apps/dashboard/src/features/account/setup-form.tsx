import { finishSetup } from '../../api/account-client.ts';
import { ApiError } from '../../api/api-error.ts';
import { messages } from '../../messages/text.ts';
import { Field } from '../../ui/field.tsx';
import { AccountForm } from './account-form.tsx';
import { AccountPage, InsecureNote } from './account-page.tsx';
import classes from './account.module.css';
import { InvalidLink, SetUpAlready } from './dead-link.tsx';
import { emailProblem, fieldProblems, newPasswordProblem } from './form-problem.ts';
import { NewPasswordField } from './new-password-field.tsx';
import { useAttempt } from './use-attempt.ts';

type Values = Parameters<typeof finishSetup>[1];

/** The first account of a server. */
export function SetupForm({ secret }: { secret: string }) {
  const attempt = useAttempt((values: Values) => finishSetup(secret, values), '/');
  if (attempt.error instanceof ApiError && attempt.error.code === 'SETUP_DONE') return <SetUpAlready />;
  if (attempt.error instanceof ApiError && attempt.error.code === 'LINK_INVALID') return <InvalidLink kind="setup" />;
  const { setup, field } = messages;
  const { email, name } = attempt.problem.fields;
  return (
    <AccountPage title={setup.title}>
      <p className={classes.text}>{setup.lead}</p>
      <AccountForm
        attempt={attempt}
        submit={setup.submit}
        busy={setup.busy}
        onSubmit={valueOf => {
          const values = {
            email: valueOf('email').trim(),
            name: valueOf('name').trim(),
            password: valueOf('password'),
          };
          const problem = fieldProblems({
            email: emailProblem(values.email),
            password: newPasswordProblem(values.password),
          });
          if (problem === null) attempt.run(values);
          else attempt.refuse(problem);
        }}
      >
        <InsecureNote />
        <Field
          label={field.email}
          name="email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          problem={email}
        />
        <Field label={field.name} aside={field.optional} name="name" autoComplete="name" problem={name} />
        <NewPasswordField label={field.password} attempt={attempt} />
      </AccountForm>
    </AccountPage>
  );
}
