import { answerOf, doneBy } from './answer-of.ts';
import { allPages } from './client.ts';
import { api } from './rest.ts';
import type { components } from './schema.d.ts';

export type SessionItem = components['schemas']['SessionItem'];
export type TokenItem = components['schemas']['TokenItem'];
export type NewToken = components['schemas']['NewToken'];
export type CreateToken = components['schemas']['CreateToken'];
export type PasswordChange = components['schemas']['PasswordChange'];
export type User = components['schemas']['User'];
export type NewUser = components['schemas']['NewUser'];
export type UserLink = components['schemas']['UserLink'];
export type CreateUser = components['schemas']['CreateUser'];
export type ChangeUser = components['schemas']['ChangeUser'];
export type AuditItem = components['schemas']['AuditItem'];
export type AuditList = components['schemas']['AuditList'];

const USERS_PER_PAGE = 500;
const ENTRIES_PER_PAGE = 50;

/** Ends all other sessions of the account. */
export function changePassword(body: PasswordChange): Promise<void> {
  return doneBy(api.POST('/api/v1/auth/password', { body }));
}

/** Where the account is signed in. */
export async function readSessions(signal: AbortSignal): Promise<SessionItem[]> {
  const { items } = await answerOf(api.GET('/api/v1/sessions', { signal }));
  return items;
}

export function endSession(session: string): Promise<void> {
  return doneBy(api.DELETE('/api/v1/sessions/{session}', { params: { path: { session } } }));
}

/** Signs out everywhere but here. */
export function endOtherSessions(): Promise<void> {
  return doneBy(api.DELETE('/api/v1/sessions'));
}

/** The account's own tokens, also those that have ended. */
export async function readTokens(signal: AbortSignal): Promise<TokenItem[]> {
  const { items } = await answerOf(api.GET('/api/v1/tokens', { signal }));
  return items;
}

/** The answer holds the secret, this once. */
export function createToken(body: CreateToken): Promise<NewToken> {
  return answerOf(api.POST('/api/v1/tokens', { body }));
}

export function revokeToken(token: string): Promise<void> {
  return doneBy(api.DELETE('/api/v1/tokens/{token}', { params: { path: { token } } }));
}

/** Every account, the oldest first. */
export function readUsers(signal: AbortSignal): Promise<User[]> {
  return allPages(cursor => {
    const query = { limit: USERS_PER_PAGE, ...(cursor === null ? {} : { cursor }) };
    return answerOf(api.GET('/api/v1/users', { signal, params: { query } }));
  });
}

/** Makes an account and the link by which its owner gets in. */
export function inviteUser(body: CreateUser): Promise<NewUser> {
  return answerOf(api.POST('/api/v1/users', { body }));
}

export function changeUser(user: number, body: ChangeUser): Promise<User> {
  return answerOf(api.PATCH('/api/v1/users/{user}', { params: { path: { user } }, body }));
}

export function removeUser(user: number): Promise<void> {
  return doneBy(api.DELETE('/api/v1/users/{user}', { params: { path: { user } } }));
}

/** A new link to set the password; a former one no longer works. */
export function makeUserLink(user: number): Promise<UserLink> {
  return answerOf(api.POST('/api/v1/users/{user}/link', { params: { path: { user } } }));
}

export function endUserSessions(user: number): Promise<void> {
  return doneBy(api.DELETE('/api/v1/users/{user}/sessions', { params: { path: { user } } }));
}

/** Which entries of the audit log; what is left out does not matter. Instants as the API takes them. */
export interface AuditWish {
  readonly from?: string;
  readonly to?: string;
  readonly action?: string;
  readonly actor?: string;
}

/** A page of the audit log, newest first. @param cursor `next` of the page before; `null`: the first */
export function readAudit(wish: AuditWish, cursor: string | null, signal: AbortSignal): Promise<AuditList> {
  const query = { limit: ENTRIES_PER_PAGE, ...wish, ...(cursor === null ? {} : { cursor }) };
  return answerOf(api.GET('/api/v1/audit', { signal, params: { query } }));
}
