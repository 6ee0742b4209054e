/** An account as it is stored. What signs it in (password hash, Google's subject) is read only where that is checked. */
export interface StoredAccount {
  readonly accountId: number;
  /** Lower case: accounts are told apart by it. */
  readonly email: string;
  /** What people call it; may be empty. */
  readonly name: string;
  readonly role: 'user' | 'admin';
  /** The networks it may see; `null`: all. */
  readonly networks: readonly string[] | null;
  readonly hasPassword: boolean;
  readonly hasGoogle: boolean;
  readonly createdAt: Date;
  readonly lastSignInAt: Date | null;
  /** Since when it cannot be used; `null`: it can. */
  readonly disabledAt: Date | null;
}

/** An account to be made. */
export interface NewAccount extends Pick<StoredAccount, 'email' | 'name' | 'role' | 'networks' | 'createdAt'> {
  /** PHC string; `null`: it has no password (yet). */
  readonly passwordHash: string | null;
  /** Google's own, permanent id of a person; `null`: never signed in by Google. */
  readonly googleSubject: string | null;
}

/** What of an account is changed; what is missing stays. */
export type AccountChanges = Partial<Pick<StoredAccount, 'name' | 'role' | 'networks' | 'disabledAt'>>;

/** What a session is recognised by and what is known of it. `tokenHash`: SHA-256 of the cookie's random value. */
export interface StoredSession {
  readonly sessionId: string;
  readonly accountId: number;
  /** How it was signed in. */
  readonly method: 'password' | 'google' | 'setup' | 'invite' | 'reset';
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  /** When it ends whatever happens. */
  readonly expiresAt: Date;
}

/** A program's key, without what it is recognised by. */
export interface StoredToken {
  readonly tokenId: string;
  readonly accountId: number;
  readonly name: string;
  /** The first characters of the token: enough to tell it from others. */
  readonly hint: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** A link that works once. Of its secret only the hash is stored. */
export interface StoredLink {
  readonly purpose: 'setup' | 'invite' | 'reset';
  /** `null`: for the first admin, who has no account yet. */
  readonly accountId: number | null;
  readonly expiresAt: Date;
}

/** What was done, to be written in the transaction that does it. */
export interface AuditNote {
  readonly at: Date;
  /** `null`: nobody who is known, or the server itself. */
  readonly accountId: number | null;
  /** Who, for people: an e-mail address, `server`, or what somebody unknown called themselves. */
  readonly actor: string;
  /** `session:<id>`, `token:<id>`, `link`, `server`, or `null`: nobody was signed in. */
  readonly via: string | null;
  /** Where it came from. */
  readonly address: string | null;
  /** `noun.verb`, permanent: `session.begin`, `sign_in.fail`, `account.change` … */
  readonly action: string;
  /** To what: `account:17`, `token:<id>`, `session:<id>`; `null`: nothing in particular. */
  readonly subject: string | null;
  /** What else is worth knowing; never a secret. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** An entry of the audit log. */
export interface AuditEntry extends AuditNote {
  readonly auditId: number;
}

/** Which entries of the audit log are wished for; what is missing does not matter. */
export interface AuditWish {
  /** Only those before this entry; `null`: from the newest on. */
  readonly before: number | null;
  readonly limit: number;
  /** At or after this. */
  readonly from?: Date;
  /** Before this. */
  readonly to?: Date;
  readonly action?: string;
  readonly actor?: string;
  readonly subject?: string;
}

/** A session that is to begin. */
export interface SessionToBegin extends StoredSession {
  readonly tokenHash: Buffer;
  /** The hash that the given password was checked against; it begins only when that is still the account's. */
  readonly passwordHash?: string;
}

/** A link that is to be made. */
export interface LinkToCreate extends StoredLink {
  readonly tokenHash: Buffer;
  readonly createdAt: Date;
}

/** A way through another's sign-in page. */
export interface OauthAttempt {
  readonly state: string;
  /** PKCE (RFC 7636). */
  readonly codeVerifier: string;
  /** Where to go afterwards. */
  readonly next: string;
}

/** How often signing in failed for one key. */
export interface StoredFailures {
  readonly key: string;
  readonly failures: number;
  readonly lastFailedAt: Date;
}
