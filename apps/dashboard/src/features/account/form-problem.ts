import { ApiError } from '../../api/api-error.ts';
import { fill, messages } from '../../messages/text.ts';
import { sentenceOf } from './failure-text.ts';
import { LEAST, lengthVerdict, MOST } from './password-length.ts';

/** What the forms about accounts ask for; `current`: the password until now, `again`: what is typed to be sure. */
export type FieldName = 'email' | 'name' | 'password' | 'current' | 'scopes' | 'networks' | 'again';

/** What is wrong with a form. */
export interface FormProblem {
  /** About the whole; `null`: only fields are wrong. */
  readonly alert: string | null;
  /** About a field; empty: the alert says it. */
  readonly fields: Readonly<Partial<Record<FieldName, string>>>;
}

export const NO_PROBLEM: FormProblem = { alert: null, fields: {} };

/** What a refused form has to change. */
export function problemOfAnswer(error: Error): FormProblem {
  if (!(error instanceof ApiError)) return { alert: sentenceOf(error), fields: {} };
  const { email, name, password, scopes, networks } = error.extras.fields;
  // Of an address there is one thing to say, and it is said in the language of the page.
  const fields = withoutMissing({ email: email && messages.field.emailMissing, name, password, scopes, networks });
  if (Object.keys(fields).length > 0) return { alert: null, fields };
  if (error.code === 'EMAIL_TAKEN') return { alert: null, fields: { email: sentenceOf(error) } };
  if (error.code === 'WRONG_PASSWORD') return { alert: null, fields: { current: sentenceOf(error) } };
  if (error.code === 'WEAK_PASSWORD') return { alert: null, fields: { password: error.detail ?? '' } };
  if (error.code === 'SIGN_IN_FAILED') return { alert: sentenceOf(error), fields: { password: '' } };
  return { alert: sentenceOf(error), fields: {} };
}

/** What can be said of an address without asking anybody: mail decides the rest. */
export function emailProblem(email: string): string | undefined {
  return /^[^@\s]+@[^@\s]+$/.test(email) ? undefined : messages.field.emailMissing;
}

/** What can be said of a new password without asking anybody. */
export function newPasswordProblem(password: string): string | undefined {
  const { kind, length } = lengthVerdict(password);
  if (kind === 'enough') return undefined;
  return kind === 'long'
    ? fill(messages.length.long, { length, most: MOST })
    : fill(messages.length.choose, { least: LEAST });
}

/** The problems that there are. */
export function fieldProblems(fields: Readonly<Record<string, string | undefined>>): FormProblem | null {
  const wrong = withoutMissing(fields);
  return Object.keys(wrong).length > 0 ? { alert: null, fields: wrong } : null;
}

function withoutMissing(fields: Readonly<Record<string, string | undefined>>): FormProblem['fields'] {
  return Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== undefined));
}
