/** What one process does. `api` answers HTTP; `worker` runs jobs. */
export type Role = 'api' | 'worker';

/** What has a retention of its own; what was seen by checks is kept as long as the rows. */
export type Retained = 'rows' | 'hours' | 'days' | 'events';

/** How long each is kept, in milliseconds; `null`: for ever. */
export type RetentionMs = Readonly<Record<Retained, number | null>>;

/** The process's settings, read once from the environment and never again. */
export interface Settings {
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Absolute path of the directory that holds configuration and, when embedded, the database. */
  readonly home: string;
  /** File name of the node's configuration inside `home/config`. */
  readonly configFileName: string;
  readonly roles: readonly Role[];
  readonly listen: { readonly host: string; readonly port: number } | { readonly socket: string };
  readonly publicUrl: string | null;
  /** `null`: run the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** `null`: the queues live in PostgreSQL. */
  readonly redisUrl: string | null;
  /** Express's `trust proxy`: how many proxies in front are believed; 0: none. Behind a socket at least 1. */
  readonly trustProxy: number;
  readonly windowMs: number;
  readonly windowGraceMs: number;
  readonly retentionMs: RetentionMs;
  /** What a machine's `via` may name: this process. Default: the name kept in `home/process-label`, else the host's. */
  readonly processLabel: string;
  /** Who is made an admin at the start, when there is no such account; `null`: nobody. */
  readonly admin: AdminSettings | null;
  /** `null`: nobody signs in by Google. */
  readonly google: GoogleSettings | null;
  readonly session: SessionSettings;
  /** Requests that one account, or one address of whoever is not signed in, may make each minute; 0: as many as it likes. */
  readonly rateLimit: number;
}

/** The first admin. The password is a secret: it is never logged and never leaves the process. */
export interface AdminSettings {
  /** Lower case. */
  readonly email: string;
  readonly password: string;
}

/** How long a browser stays signed in. */
export interface SessionSettings {
  /** Without a request. */
  readonly idleMs: number;
  /** Whatever happens; never shorter than `idleMs`. */
  readonly lifetimeMs: number;
}

/** Sign-in by Google. */
export interface GoogleSettings {
  readonly clientId: string;
  /** A secret: it is never logged and goes to Google only. */
  readonly clientSecret: string;
  readonly allowed: GoogleAllowed;
  /** The role of an account that a first sign-in makes. */
  readonly role: 'user' | 'admin';
  readonly endpoints: GoogleEndpoints;
}

/** Who may get an account by signing in with Google. Both empty: nobody; those who have an account can still link it. */
export interface GoogleAllowed {
  /** Whole addresses, lower case. */
  readonly emails: readonly string[];
  /** Domains of addresses, lower case, without `@`. */
  readonly domains: readonly string[];
}

/** Where the steps of a Google sign-in go: Google's own, or what stands in for it in a test. */
export interface GoogleEndpoints {
  /** The browser is sent there. */
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  /** Ends in `/userinfo`: that is how the strategy tells the form of the answer. */
  readonly userinfoUrl: string;
}

/** One network this node takes part in, from nodeconf.yml. */
export interface NetworkMembership {
  /** Directory below `home/config/networks`, absolute. */
  readonly directory: string;
  readonly nodeId: string;
  /** `git` belongs to a later version, and is refused by now. */
  readonly configType: 'local' | 'git';
}

/** A secret of nodeconf.yml: where each part of it is. Paths are absolute. */
export interface AuthEntry {
  readonly name: string;
  readonly basic: { readonly username: string; readonly password: SecretSource } | null;
  readonly bearer: SecretSource | null;
  readonly certificateFile: string | null;
  readonly keyFile: string | null;
  readonly caFile: string | null;
}

/** A secret itself, or the file whose first line it is. */
export type SecretSource = { readonly text: string } | { readonly file: string };

/** A secret of nodeconf.yml as it is used: everything is read. It is never logged and never leaves the process. */
export interface Access {
  readonly name: string;
  /** The whole Authorization header. */
  readonly authorization: string | null;
  /** PEM texts. */
  readonly certificate: string | null;
  readonly key: string | null;
  readonly ca: string | null;
}

/** A plugin of nodeconf.yml. */
export interface PluginEntry {
  /** An absolute path, or a package as `import` names it. */
  readonly module: { readonly path: string } | { readonly package: string };
  /** Where a package is looked for: the directory of nodeconf.yml. */
  readonly directory: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly memoryMiB: number;
}

/** nodeconf.yml after validation. */
export interface NodeConfig {
  readonly networks: readonly NetworkMembership[];
  readonly auth: readonly AuthEntry[];
  readonly plugins: readonly PluginEntry[];
}
