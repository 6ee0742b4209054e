import { randomUUID } from 'node:crypto';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, type DisposableDatabase } from '../support/services.ts';
import { ask, type Question, type Reply } from './ask.ts';
import { People, type Person } from './people.ts';

/** The file of a network with one machine, which nobody can reach. */
export const networkOf = (name: string): string =>
  `network_id: ${name}\nversion: 1\nmachines:\n  - { name: ${name}-1, netdata: "http://127.0.0.1:9" }\n`;

/** A password that may be one. */
export const PASSWORD = 'four brown owls were late';

/** An account as the API shows it. */
export interface User {
  readonly id: number;
  readonly email: string;
  readonly role: string;
  readonly status: string;
  readonly hasPassword: boolean;
}

/** A link of an account. */
export interface Link {
  readonly purpose: string;
  readonly url: string;
  readonly expiresAt: string;
}

/** A server with the networks acme and beta, and its first admin. */
export class AccountServer {
  readonly url: string;
  readonly database: string;
  readonly people: People;
  readonly #server: ServerProcess;
  readonly #database: DisposableDatabase;

  private constructor(server: ServerProcess, database: DisposableDatabase, people: People) {
    this.url = server.url;
    this.database = database.url;
    this.people = people;
    this.#server = server;
    this.#database = database;
  }

  static async start(): Promise<AccountServer> {
    const database = await createDatabase(databases()[0]?.url ?? '');
    const server = await ServerProcess.create({ DATABASE_URL: database.url, RATE_LIMIT: '0' });
    await server.network(networkOf('acme'));
    await server.network(networkOf('beta'));
    await server.start();
    return new AccountServer(server, database, await People.of(server.url));
  }

  async dispose(): Promise<void> {
    await this.#server.dispose();
    await this.#database.drop();
  }

  as(person: Person, question: Question): Promise<Reply> {
    return ask(this.url, { ...question, headers: { cookie: person.cookie, ...question.headers } });
  }

  admin(method: string, path: string, body?: unknown): Promise<Reply> {
    return this.as(this.people.admin, { method, path: `/api/v1${path}`, body });
  }

  anybody(method: string, path: string, body?: unknown): Promise<Reply> {
    return ask(this.url, { method, path: `/api/v1${path}`, body });
  }

  withToken(secret: string, path: string): Promise<Reply> {
    return ask(this.url, { path: `/api/v1${path}`, headers: { authorization: `Bearer ${secret}` } });
  }

  /** Who that person is for the server now; `null`: nobody. */
  async seen(person: Person): Promise<unknown> {
    return (await this.as(person, { path: '/api/v1/auth/session' })).body['account'];
  }

  /** An account that nobody can sign in to, and the secret of its link. */
  async invite(wish: object = {}): Promise<{ user: User; link: Link; secret: string }> {
    const body = { email: newAddress(), role: 'user', ...wish };
    const reply = await this.people.does({ method: 'POST', path: '/api/v1/users', body });
    const { user, link } = reply.body as unknown as { user: User; link: Link };
    return { user, link, secret: secretOf(link) };
  }

  useLink(token: string, password = PASSWORD): Promise<Reply> {
    return this.anybody('POST', '/auth/link', { token, password });
  }

  /** All of a list, read in pages of so many. */
  async walk<T>(path: string, limit: number, between: () => Promise<unknown> = () => Promise.resolve()): Promise<T[]> {
    const items: T[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const after: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await this.admin('GET', `${path}?limit=${limit}${after}`);
      items.push(...(body['items'] as T[]));
      cursor = body['next'] as string | null;
      await between();
    }
    return items;
  }
}

/** An address that nobody has. */
export function newAddress(): string {
  return `${randomUUID().slice(0, 8)}@acme.example`;
}

/** What stands behind the `#` of a link. */
export function secretOf({ url }: Link): string {
  return new URL(url).hash.slice(1);
}

/** Status and code of what was refused. */
export function refusal({ status, code }: Reply): [number, string | null] {
  return [status, code];
}
