import { randomUUID } from 'node:crypto';
import type { AccountRole } from '#auth';
import { ADMIN } from '../support/sign-in.ts';
import { ask, type Question, type Reply } from './ask.ts';

/** On plain http. */
export const COOKIE = 'distomon_session';

/** Somebody with an account and a session. */
export interface Person {
  readonly email: string;
  readonly password: string;
  readonly accountId: number;
  /** The header that shows the session. */
  readonly cookie: string;
}

/** A token of somebody's. */
export interface Token {
  readonly id: string;
  readonly secret: string;
}

/** What is wanted of a new account. */
export interface Wish {
  readonly role: AccountRole;
  readonly networks?: readonly string[] | null;
  readonly name?: string;
}

/** The people of a server of a test. Everything is done as people do it: through the API. */
export class People {
  readonly #url: string;
  readonly admin: Person;

  private constructor(url: string, admin: Person) {
    this.#url = url;
    this.admin = admin;
  }

  static async of(url: string): Promise<People> {
    return new People(url, await signIn(url, ADMIN));
  }

  /** A new account, invited by the first admin, its link used and its session begun. */
  async invite({ role, networks = null, name = '' }: Wish): Promise<Person> {
    const email = `${role}-${randomUUID().slice(0, 8)}@acme.example`;
    const password = `the word of ${email}`;
    const { user, link } = await this.#made<{ user: { id: number }; link: { url: string } }>({
      path: '/api/v1/users',
      body: { email, role, networks, name },
    });
    const token = new URL(link.url).hash.slice(1);
    const reply = await ask(this.#url, { method: 'POST', path: '/api/v1/auth/link', body: { token, password } });
    return { email, password, accountId: user.id, cookie: sessionIn(reply) };
  }

  /** The same person with one more session. */
  signIn(person: Pick<Person, 'email' | 'password'>): Promise<Person> {
    return signIn(this.#url, person);
  }

  /** A token that lasts. */
  async token(owner: Person, scopes: readonly string[]): Promise<Token> {
    return await this.#made<Token>(
      { path: '/api/v1/tokens', body: { name: 'a test', scopes, expiresAt: null } },
      owner,
    );
  }

  /** Something that is done by the first admin, or by whoever is named. */
  async does(question: Question, by: Person = this.admin): Promise<Reply> {
    const reply = await ask(this.#url, { ...question, headers: { cookie: by.cookie, ...question.headers } });
    if (reply.status >= 400) throw unexpected(question, reply);
    return reply;
  }

  async #made<T>(question: Question, by?: Person): Promise<T> {
    return (await this.does({ method: 'POST', ...question }, by)).body as T;
  }
}

/** A new session of an account. */
async function signIn(url: string, { email, password }: Pick<Person, 'email' | 'password'>): Promise<Person> {
  const question = { method: 'POST', path: '/api/v1/auth/login', body: { email, password } };
  const reply = await ask(url, question);
  if (reply.status !== 200) throw unexpected(question, reply);
  const { id } = reply.body['account'] as { id: number };
  return { email, password, accountId: id, cookie: sessionIn(reply) };
}

/** The header that shows the session which an answer began. */
export function sessionIn(reply: Reply): string {
  const value = reply.cookie(COOKIE);
  if (value === null || value === '') throw new Error(`no session began: ${reply.status} ${reply.text}`);
  return `${COOKIE}=${value}`;
}

function unexpected({ method = 'GET', path }: Question, reply: Reply): Error {
  return new Error(`${method} ${path} answers ${reply.status}: ${reply.text.slice(0, 500)}`);
}
