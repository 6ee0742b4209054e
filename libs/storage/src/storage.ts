import type { MikroORM } from '@mikro-orm/postgresql';
import { AccountLinks } from './accounts/account-links.ts';
import { Accounts } from './accounts/accounts.ts';
import { ApiTokens } from './accounts/api-tokens.ts';
import { Audit } from './accounts/audit.ts';
import { OauthAttempts } from './accounts/oauth-attempts.ts';
import { RequestCounts } from './accounts/request-counts.ts';
import { Sessions } from './accounts/sessions.ts';
import { SignInAttempts } from './accounts/sign-in-attempts.ts';
import { Backfills } from './backfills.ts';
import type { ClientTracker } from './client-tracker.ts';
import { Events } from './events.ts';
import { FileTroubles } from './file-troubles.ts';
import { HostSamples } from './host-samples.ts';
import { Machines } from './machines.ts';
import { MetricRows } from './metric-rows.ts';
import { Networks } from './networks.ts';
import { Observations } from './observations.ts';
import { Outbox } from './outbox.ts';
import { Partitions } from './partitions.ts';
import { Pauses } from './pauses.ts';
import { Retention } from './retention.ts';
import { Rollups } from './rollups.ts';
import { StorageUse } from './storage-use.ts';
import { Series } from './series.ts';
import { Verdicts } from './verdicts.ts';
import { WindowTasks } from './window-tasks.ts';

const CLOSE_TIMEOUT_MS = 5_000;
/** Who may not look into the sessions of others sees of them only the database, which no background process has. */
const CONNECTIONS = `select current_setting('max_connections')::int as max,
  (select count(*)::int from pg_stat_activity
   where datid is not null and coalesce(backend_type, 'client backend') = 'client backend') as used`;

/** Everything that is stored, by what it is about. Safe to share; a lost connection fails its query only. */
export class Storage {
  readonly networks: Networks;
  readonly fileTroubles: FileTroubles;
  readonly machines: Machines;
  readonly pauses: Pauses;
  readonly observations: Observations;
  readonly windowTasks: WindowTasks;
  readonly metricRows: MetricRows;
  readonly backfills: Backfills;
  readonly rollups: Rollups;
  readonly series: Series;
  readonly verdicts: Verdicts;
  readonly events: Events;
  readonly outbox: Outbox;
  readonly hostSamples: HostSamples;
  readonly partitions: Partitions;
  readonly use: StorageUse;
  readonly retention: Retention;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly apiTokens: ApiTokens;
  readonly accountLinks: AccountLinks;
  readonly oauthAttempts: OauthAttempts;
  readonly signInAttempts: SignInAttempts;
  readonly requestCounts: RequestCounts;
  readonly audit: Audit;
  private readonly orm: MikroORM;
  private readonly clients: ClientTracker;

  constructor(orm: MikroORM, clients: ClientTracker) {
    this.orm = orm;
    this.clients = clients;
    this.partitions = new Partitions(orm.em);
    this.networks = new Networks(orm.em);
    this.fileTroubles = new FileTroubles(orm.em);
    this.machines = new Machines(orm.em);
    this.pauses = new Pauses(orm.em);
    this.observations = new Observations(orm.em, this.partitions);
    this.windowTasks = new WindowTasks(orm.em, this.partitions);
    this.metricRows = new MetricRows(orm.em, this.partitions);
    this.backfills = new Backfills(orm.em);
    this.rollups = new Rollups(orm.em, this.partitions);
    this.series = new Series(orm.em);
    this.verdicts = new Verdicts(orm.em);
    this.events = new Events(orm.em);
    this.outbox = new Outbox(orm.em);
    this.hostSamples = new HostSamples(orm.em);
    this.use = new StorageUse(orm.em, this.partitions);
    this.retention = new Retention(orm.em, this.partitions, this.use);
    this.accounts = new Accounts(orm.em);
    this.sessions = new Sessions(orm.em);
    this.apiTokens = new ApiTokens(orm.em);
    this.accountLinks = new AccountLinks(orm.em);
    this.oauthAttempts = new OauthAttempts(orm.em);
    this.signInAttempts = new SignInAttempts(orm.em);
    this.requestCounts = new RequestCounts(orm.em);
    this.audit = new Audit(orm.em);
  }

  /** Resolves when the database answers. */
  async ping(): Promise<void> {
    await this.orm.em.fork().execute('select 1');
  }

  /** How many connections the database server has in use, by whomever, and how many it allows. */
  async connections(): Promise<{ used: number; max: number }> {
    const rows = await this.orm.em.fork().execute<{ used: number; max: number }[]>(CONNECTIONS);
    return rows[0] ?? { used: 0, max: 0 };
  }

  /** Waits for running queries, then closes every connection, sockets included. */
  async close(): Promise<void> {
    await this.orm.close(true);
    await this.clients.closed(CLOSE_TIMEOUT_MS);
  }
}
