import { afterAll, beforeAll } from 'vitest';
import {
  ApiTokens,
  AuthError,
  Authenticator,
  GoogleSignIn,
  Links,
  type Origin,
  OwnAccount,
  type PasswordHasher,
  Passwords,
  type Principal,
  Setup,
  SignIn,
  Users,
} from '#auth';
import { Clock } from '#config';
import { type AuditEntry, type AuditWish, openStorage, type Storage, type StoredAccount } from '#storage';
import { createDatabase } from '../../support/services.ts';

const T0 = new Date('2026-11-20T10:00:00.000Z');
export const DAY_MS = 86_400_000;
export const SESSION = { idleMs: 7 * DAY_MS, lifetimeMs: 30 * DAY_MS };
export const ADMIN = { email: 'admin@example.org', password: 'the very first admin' };
export const PASSWORD = 'correct horse battery staple';

/** A clock that stands until it is told to go on. */
class SetClock extends Clock {
  private at = T0;

  override now(): Date {
    return this.at;
  }

  /** Lets so many milliseconds pass. */
  pass(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
}

/** Hashes at the price of nothing and counts what is verified: most tests are not about argon2. */
class CheapHasher implements PasswordHasher {
  verifications = 0;

  hash(text: string): Promise<string> {
    return Promise.resolve(`$cheap ${text}`);
  }

  verify(phc: string, text: string): Promise<boolean> {
    this.verifications += 1;
    return Promise.resolve(phc === `$cheap ${text}`);
  }
}

/** Everything that can be done with accounts, as one process has it. */
export class Process {
  readonly storage: Storage;
  readonly hasher = new CheapHasher();
  readonly authenticator: Authenticator;
  readonly signIn: SignIn;
  readonly setup: Setup;
  readonly links: Links;
  readonly users: Users;
  readonly own: OwnAccount;
  readonly tokens: ApiTokens;
  readonly google: GoogleSignIn;

  constructor(storage: Storage, clock: Clock, hasher?: PasswordHasher) {
    this.storage = storage;
    const passwords = new Passwords(hasher ?? this.hasher);
    const parts = { storage, clock, session: SESSION, passwords };
    this.authenticator = new Authenticator(parts);
    this.signIn = new SignIn(parts);
    this.setup = new Setup(parts);
    this.links = new Links(parts);
    this.users = new Users({ storage, clock, knownNetworks: ['acme', 'beta'], ways: { google: true } });
    this.own = new OwnAccount(parts);
    this.tokens = new ApiTokens(parts);
    const google = { allowed: { emails: ['eve@elsewhere.example'], domains: ['acme.example'] }, role: 'user' } as const;
    this.google = new GoogleSignIn({ ...parts, google });
  }
}

/** Two processes on one database, and what tests do with them. */
export class World {
  readonly clock = new SetClock();
  readonly here: Process;
  readonly there: Process;
  readonly databaseUrl: string;
  private readonly drop: () => Promise<void>;

  private constructor(here: Storage, there: Storage, database: { url: string; drop: () => Promise<void> }) {
    this.here = new Process(here, this.clock);
    this.there = new Process(there, this.clock);
    this.databaseUrl = database.url;
    this.drop = database.drop;
  }

  static async open(url: string): Promise<World> {
    const database = await createDatabase(url);
    const open = (applicationName: string): Promise<Storage> => openStorage({ url: database.url, applicationName });
    return new World(await open('here'), await open('there'), database);
  }

  async close(): Promise<void> {
    await Promise.all([this.here.storage.close(), this.there.storage.close()]);
    await this.drop();
  }

  /** An account with {@link PASSWORD}. */
  async person(email: string, more: Partial<Pick<StoredAccount, 'role' | 'networks'>> = {}): Promise<StoredAccount> {
    const given = { role: 'user', networks: null, ...more } as const;
    const account = {
      ...given,
      email,
      name: '',
      passwordHash: `$cheap ${PASSWORD}`,
      googleSubject: null,
      createdAt: T0,
    };
    const note = { at: T0, accountId: null, actor: 'test', via: null, address: null, subject: null, details: {} };
    const made = await this.here.storage.accounts.create(account, { ...note, action: 'account.create' });
    if (made === null) throw new Error(`${email} is taken`);
    return made;
  }

  /** Signs somebody in. */
  async session(email: string, password = PASSWORD): Promise<{ secret: string; principal: Principal }> {
    return await this.here.signIn.withPassword({ email, password }, from());
  }

  /** The first admin, signed in. */
  async admin(): Promise<Principal> {
    return (await this.session(ADMIN.email, ADMIN.password)).principal;
  }

  /** Whether that cookie signs somebody in, asked of both processes. */
  async isSignedIn(secret: string): Promise<boolean> {
    const principals = await Promise.all([
      this.here.authenticator.bySession(secret),
      this.there.authenticator.bySession(secret),
    ]);
    if ((principals[0] === null) !== (principals[1] === null)) throw new Error('the processes do not agree');
    return principals[0] !== null;
  }

  /** What the audit log says, the newest first. */
  async audit(wish: Partial<AuditWish> = {}): Promise<AuditEntry[]> {
    return await this.here.storage.audit.page({ before: null, limit: 100, ...wish });
  }
}

/** A world of the test file's own, in which the first admin is made. */
export function useWorld(url: string): { world: World } {
  const used = {} as { world: World };
  beforeAll(async () => {
    used.world = await World.open(url);
    await used.world.here.setup.ensureAdmin(ADMIN);
  });
  afterAll(() => used.world.close());
  return used;
}

/** Where a request comes from. */
export function from(address = '192.0.2.1', replaces: string | null = null): Origin {
  return { address, userAgent: 'a test', replaces };
}

/** What came of it: `done`, or the code of the refusal. */
export async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof AuthError) return error.code;
    throw error;
  }
}

/** How often each outcome came. */
export async function outcomesOf(works: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const outcome of await Promise.all(works.map(outcomeOf))) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
