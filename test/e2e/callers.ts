import { Client } from 'pg';
import { PERMISSIONS, PERMISSION_NAMES, type AccessRule, type AccountRole, type Permission } from '#auth';
import { ask, type Reply } from './ask.ts';
import type { People, Person } from './people.ts';

/** What may come of a request: it was let through, or refused with one of these codes. */
export type Outcome = 'let through' | 'NOT_SIGNED_IN' | 'FORBIDDEN' | 'SESSION_ONLY';

/** Somebody who makes requests, and what the table of permissions gives him. */
export interface Caller {
  /** By what he is known; `null`: he is nobody. */
  readonly via: 'session' | 'token' | null;
  readonly permissions: readonly Permission[];
  /** Whose account it is; `null`: nobody's, or one that may be used no more. */
  readonly owner: Person | null;
  /** What his requests carry. A session that may be lost by what it is used for is a new one, and so is the one after it. */
  headers(mayBeLost: boolean): Promise<Readonly<Record<string, string>>>;
  /** Added to the address of each request. */
  readonly query?: string;
}

/** What the table gives a role. */
export function permissionsOfRole(role: AccountRole): Permission[] {
  return PERMISSION_NAMES.filter(name => (PERMISSIONS[name].roles as readonly AccountRole[]).includes(role));
}

/** What the table gives a role that is limited to some networks. */
export function limitedPermissionsOfRole(role: AccountRole): Permission[] {
  return permissionsOfRole(role).filter(name => !PERMISSIONS[name].wholeServer);
}

/** What has to come of a request, by what its route declares. */
export function expectedOutcome(rule: AccessRule, { via, permissions }: Caller): Outcome {
  if (rule === 'public') return 'let through';
  if (via === null) return 'NOT_SIGNED_IN';
  if (rule === 'own-account') return via === 'session' ? 'let through' : 'SESSION_ONLY';
  return permissions.includes(rule) ? 'let through' : 'FORBIDDEN';
}

/** What came of a request. What the route itself refuses (a wrong password, say) was let through. */
export function outcomeOf({ status, code }: Reply): Outcome | `broken: ${number}` {
  if (status >= 500) return `broken: ${status}`;
  if (status === 401 && code === 'NOT_SIGNED_IN') return code;
  if (status === 403 && (code === 'FORBIDDEN' || code === 'SESSION_ONLY')) return code;
  return 'let through';
}

/** Who is known by these headers, or is nobody. */
function unknown(headers: Readonly<Record<string, string>> = {}, query?: string): Caller {
  const caller = { via: null, permissions: [], owner: null, headers: () => Promise.resolve(headers) };
  return query === undefined ? caller : { ...caller, query };
}

/** Somebody with a session. */
export function bySession(people: People, owner: Person, permissions: readonly Permission[]): Caller {
  let [current, isLost] = [owner, false];
  const headers = async (mayBeLost: boolean) => {
    if (mayBeLost || isLost) current = await people.signIn(owner);
    isLost = mayBeLost;
    return { cookie: current.cookie };
  };
  return { via: 'session', permissions, owner, headers };
}

/** A program with a token. */
export function byToken(secret: string, owner: Person, permissions: readonly Permission[]): Caller {
  return { via: 'token', permissions, owner, headers: () => Promise.resolve({ authorization: `Bearer ${secret}` }) };
}

/** Everybody there is, by what they are called in a test's title. */
export const CALLERS: Readonly<Record<string, (people: People, database: string) => Promise<Caller>>> = {
  nobody: () => Promise.resolve(unknown()),
  'a user': async people => bySession(people, await people.invite({ role: 'user' }), permissionsOfRole('user')),
  'an admin': async people => bySession(people, await people.invite({ role: 'admin' }), permissionsOfRole('admin')),
  ...Object.fromEntries(PERMISSION_NAMES.map(scope => [`an admin's token for ${scope}`, tokenFor([scope])])),
  "an admin's token for everything": tokenFor(PERMISSION_NAMES),
  "a user's token": async people => {
    const owner = await people.invite({ role: 'user' });
    return byToken((await people.token(owner, ['metrics:read'])).secret, owner, ['metrics:read']);
  },
  'a token for everything of an admin who has become a user': async people => {
    const owner = await people.invite({ role: 'admin' });
    const { secret } = await people.token(owner, PERMISSION_NAMES);
    await people.does({ method: 'PATCH', path: `/api/v1/users/${owner.accountId}`, body: { role: 'user' } });
    return byToken(secret, owner, permissionsOfRole('user'));
  },
  'an admin who has become a user since': async people => {
    const owner = await people.invite({ role: 'admin' });
    await people.does({ method: 'PATCH', path: `/api/v1/users/${owner.accountId}`, body: { role: 'user' } });
    return bySession(people, await people.signIn(owner), permissionsOfRole('user'));
  },
  'a token that has expired': async (people, database) => {
    const owner = await people.invite({ role: 'admin' });
    const { id, secret } = await people.token(owner, PERMISSION_NAMES);
    await query(database, "update api_token set expires_at = now() - interval '1 s' where token_id::text = $1", [id]);
    return unknown({ authorization: `Bearer ${secret}` });
  },
  'a token that was revoked': async people => {
    const owner = await people.invite({ role: 'admin' });
    const { id, secret } = await people.token(owner, PERMISSION_NAMES);
    await people.does({ method: 'DELETE', path: `/api/v1/tokens/${id}` }, owner);
    return unknown({ authorization: `Bearer ${secret}` });
  },
  'a session that was revoked': async people => {
    const owner = await people.invite({ role: 'admin' });
    await people.does({ method: 'DELETE', path: '/api/v1/sessions' }, await people.signIn(owner));
    return unknown({ cookie: owner.cookie });
  },
  'a session of an account that is disabled': async people => unknown({ cookie: (await disabled(people)).cookie }),
  'a token of an account that is disabled': async people =>
    unknown({ authorization: `Bearer ${(await disabled(people)).secret}` }),
  'a session of an account that was deleted': async people => {
    const owner = await people.invite({ role: 'admin' });
    await people.does({ method: 'DELETE', path: `/api/v1/users/${owner.accountId}` });
    return unknown({ cookie: owner.cookie });
  },
  'a token that never was': () => Promise.resolve(unknown({ authorization: `Bearer dm_${'A'.repeat(43)}` })),
  'a cookie that never was': () => Promise.resolve(unknown({ cookie: `distomon_session=${'A'.repeat(43)}` })),
  'the cookie of an admin, one letter of it changed': async people => {
    const { cookie } = await people.invite({ role: 'admin' });
    return unknown({ cookie: cookie.slice(0, -2) + (cookie.at(-2) === 'A' ? 'B' : 'A') + cookie.slice(-1) });
  },
  'the cookie of an admin as a token': async people => {
    const { cookie } = await people.invite({ role: 'admin' });
    return unknown({ authorization: `Bearer ${cookie.split('=')[1]}` });
  },
  "an admin's token in the address": async people => {
    const { secret } = await people.token(await people.invite({ role: 'admin' }), PERMISSION_NAMES);
    return unknown({}, `token=${secret}&access_token=${secret}`);
  },
  'a password by basic authentication': async people => {
    const { email, password } = await people.invite({ role: 'admin' });
    return unknown({ authorization: `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}` });
  },
};

function tokenFor(scopes: readonly Permission[]): (people: People) => Promise<Caller> {
  return async people => {
    const owner = await people.invite({ role: 'admin' });
    return byToken((await people.token(owner, scopes)).secret, owner, scopes);
  };
}

async function disabled(people: People): Promise<{ cookie: string; secret: string }> {
  const owner = await people.invite({ role: 'admin' });
  const { secret } = await people.token(owner, PERMISSION_NAMES);
  await people.does({ method: 'PATCH', path: `/api/v1/users/${owner.accountId}`, body: { disabled: true } });
  return { cookie: owner.cookie, secret };
}

/** What no route of the API does: time that passes. */
export async function query(
  database: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: database });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** One request of a caller. */
export async function askAs(
  caller: Caller,
  url: string,
  question: { readonly method: string; readonly path: string; readonly body?: unknown },
): Promise<Reply> {
  const headers = await caller.headers(question.method !== 'GET' && question.method !== 'HEAD');
  const join = question.path.includes('?') ? '&' : '?';
  const path = caller.query === undefined ? question.path : `${question.path}${join}${caller.query}`;
  // As a proxy adds it: without it, whoever is on this machine may read /metrics.
  return ask(url, { ...question, path, headers: { 'x-forwarded-for': '192.0.2.7', ...headers } });
}
