import { OAuth2Server } from 'oauth2-mock-server';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { ServerProcess, type Environment } from '../support/server-process.ts';
import { createDatabase, databases, type DisposableDatabase } from '../support/services.ts';
import { query } from './callers.ts';
import { People } from './people.ts';

export const CLIENT_ID = 'distomon.apps.googleusercontent.example';
export const CLIENT_SECRET = 'a secret of the tests';

const NETWORK = 'network_id: acme\nversion: 1\nmachines:\n  - { name: web-1, netdata: "http://127.0.0.1:9" }\n';

/** What Google says of whoever is signed in there. */
export interface Claims {
  readonly sub?: string;
  readonly email?: string;
  readonly email_verified?: unknown;
  readonly name?: unknown;
  /** The organisation's domain; left out, it is that of the address. */
  readonly hd?: unknown;
}

/** An answer of Google's. */
interface Answer {
  readonly status: number;
  /** `null`: as the mock makes it. */
  readonly body: Record<string, unknown> | null;
}

/** What stands in for Google: an OAuth server that says what a test wants. */
export class Google {
  readonly #server = new OAuth2Server();
  /** Who is signed in there. */
  profile: Answer = { status: 200, body: null };
  tokens: Answer = { status: 200, body: null };
  /** Whether that somebody says no when asked to be signed in here. */
  declines = false;
  /** The bodies of the requests for tokens. */
  exchanges: Record<string, unknown>[] = [];
  port = 0;

  static async start(): Promise<Google> {
    const google = new Google();
    await google.#server.issuer.keys.generate('RS256');
    google.#server.service.on('beforeUserinfo', response => {
      response.statusCode = google.profile.status;
      response.body = google.profile.body ?? response.body;
    });
    google.#server.service.on('beforeResponse', (response, request) => {
      google.exchanges.push({ ...request.body });
      response.statusCode = google.tokens.status;
      response.body = google.tokens.body ?? response.body;
    });
    google.#server.service.on('beforeAuthorizeRedirect', ({ url }) => {
      if (!google.declines) return;
      url.searchParams.delete('code');
      url.searchParams.set('error', 'access_denied');
    });
    await google.resume();
    return google;
  }

  /** Somebody is signed in there, and everything works. */
  is(claims: Claims): void {
    const hd = claims.email?.split('@').at(-1)?.toLowerCase();
    this.profile = { status: 200, body: { email_verified: true, name: 'Somebody', hd, ...claims } };
    this.tokens = { status: 200, body: null };
    this.declines = false;
  }

  /** Starts again, where it was. */
  async resume(): Promise<void> {
    await this.#server.start(this.port, '127.0.0.1');
    this.port = this.#server.address().port;
  }

  async stop(): Promise<void> {
    if (this.#server.listening) await this.#server.stop();
  }

  /** The settings of a server that takes it for Google. */
  get settings(): Environment {
    const url = `http://127.0.0.1:${this.port}`;
    return {
      GOOGLE_CLIENT_ID: CLIENT_ID,
      GOOGLE_CLIENT_SECRET: CLIENT_SECRET,
      GOOGLE_ALLOWED: 'listed@else.example, @corp.example',
      GOOGLE_AUTHORIZATION_URL: `${url}/authorize`,
      GOOGLE_TOKEN_URL: `${url}/token`,
      GOOGLE_USERINFO_URL: `${url}/userinfo`,
    };
  }
}

let newcomers = 0;
/** Somebody whom nobody has seen before. */
export function newcomer(domain: string): { sub: string; email: string } {
  newcomers += 1;
  return { sub: String(10_000 + newcomers), email: `person-${newcomers}@${domain}` };
}

/** A server with a database of its own. */
export interface Started {
  readonly server: ServerProcess;
  readonly database: DisposableDatabase;
  dispose(): Promise<void>;
}

export async function startServer(environment: Environment): Promise<Started> {
  const database = await createDatabase(databases()[0]?.url ?? '');
  const server = await ServerProcess.create({ DATABASE_URL: database.url, RATE_LIMIT: '0', ...environment });
  await server.network(NETWORK);
  await server.start();
  const dispose = async (): Promise<void> => {
    await server.dispose();
    await database.drop();
  };
  return { server, database, dispose };
}

/** What a test file about Google works with. */
export interface UsedGoogle extends Started {
  readonly google: Google;
  readonly people: People;
}

/** A Google of the test file's own and a server that signs in by it; each test begins with somebody new before the browser. */
export function useGoogle(take: (used: UsedGoogle) => void): void {
  let google: Google | undefined;
  let started: Started | undefined;
  beforeAll(async () => {
    google = await Google.start();
    started = await startServer(google.settings);
    take({ ...started, google, people: await People.of(started.server.url) });
  });
  beforeEach(() => {
    if (google === undefined) return;
    google.exchanges = [];
    google.is(newcomer('corp.example'));
  });
  afterAll(async () => {
    await started?.dispose();
    await google?.stop();
  });
}

/** An account as it is stored. */
export interface AccountRow {
  readonly email: string;
  readonly role: string;
  readonly name: string;
  readonly google_subject: string | null;
}

/** Every account, the oldest first. */
export async function accountsIn({ url }: DisposableDatabase): Promise<AccountRow[]> {
  const sql = 'select email, role, name, google_subject from account order by account_id';
  return (await query(url, sql)) as unknown as AccountRow[];
}

/** What the audit log says that somebody did. */
export async function auditOf(
  { url }: DisposableDatabase,
  action: string,
  actor: string,
): Promise<Record<string, unknown>[]> {
  return await query(url, 'select * from audit_entry where action = $1 and actor = $2 order by audit_id', [
    action,
    actor,
  ]);
}
