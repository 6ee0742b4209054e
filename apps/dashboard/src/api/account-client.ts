import { answerOf, doneBy } from './answer-of.ts';
import { api } from './rest.ts';
import type { components } from './schema.d.ts';

export type SessionView = components['schemas']['SessionView'];
export type AccountView = components['schemas']['AccountView'];
export type Permission = AccountView['permissions'][number];
type LinkView = components['schemas']['LinkView'];

/** Who is signed in. Answered also when nobody is. */
export function readSession(signal: AbortSignal): Promise<SessionView> {
  return answerOf(api.GET('/api/v1/auth/session', { signal }));
}

/** What somebody is recognised by. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Each of these begins a session: the browser has its cookie when the promise resolves. */
export function signIn(body: Credentials): Promise<SessionView> {
  return answerOf(api.POST('/api/v1/auth/login', { body }));
}

/** @param token the secret of the setup link */
export function finishSetup(token: string, { name, ...rest }: Credentials & { name: string }): Promise<SessionView> {
  const body = { token, ...rest, ...(name === '' ? {} : { name }) };
  return answerOf(api.POST('/api/v1/setup', { body }));
}

/** @param token the secret of an invitation or of a reset link */
export function choosePassword(token: string, password: string): Promise<SessionView> {
  return answerOf(api.POST('/api/v1/auth/link', { body: { token, password } }));
}

/** Whose an invitation or a reset link is. It is not used up by asking. */
export function checkLink(token: string, signal: AbortSignal): Promise<LinkView> {
  return answerOf(api.POST('/api/v1/auth/link/check', { body: { token }, signal }));
}

export function signOut(): Promise<void> {
  return doneBy(api.POST('/api/v1/auth/logout'));
}
