import type { EntityManager } from '@mikro-orm/postgresql';
import { AppError, type MachineEntry } from '#config';
import type { AuditNote } from './account.types.ts';
import { writeNote } from './accounts/audit-notes.ts';
import { storeMachines } from './store-machines.ts';
import { NetworkVersionEntity, type NetworkVersionRow } from './entities/network-version.entity.ts';
import type { NetworkVersion } from './editing.types.ts';

/** A text that wants to become the network's next version. */
export interface VersionToAccept {
  readonly network: string;
  readonly text: string;
  /** `sha256:<hex>` of the text's bytes. */
  readonly hash: string;
  readonly author: string;
  readonly at: Date;
  readonly version: number;
  /** The version that the author has seen; `null`: none yet. */
  readonly expectedVersion: number | null;
  readonly machines: readonly MachineEntry[];
  /** The names of its services. */
  readonly services: readonly string[];
  /** Written into the audit log with it; absent: the change came by the file, and is in the log of the process. */
  readonly note?: AuditNote;
}

/**
 * - `accepted` it is the current version now
 * - `unchanged` the current version has this very text already
 * - `stale` somebody else was faster, or its number does not rise
 */
export type AcceptOutcome = 'accepted' | 'unchanged' | 'stale';

/** The accepted texts of the network files. */
export class Networks {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /** Stores the version and makes the stored machines those of its text, all or nothing. Safe to call concurrently. */
  async acceptVersion(input: VersionToAccept): Promise<AcceptOutcome> {
    return await this.em.fork().transactional(async em => {
      await em.execute(`select pg_advisory_xact_lock(hashtextextended('distomon.network.' || ?, 0))`, [input.network]);
      const current = await currentRow(em, input.network);
      const outcome = decideAcceptance(current, input);
      if (outcome !== 'accepted') return outcome;
      await em.execute(
        `insert into network_version (network, version, content, hash, previous_hash, author, accepted_at)
         values (?, ?, decode(?, 'base64'), ?, ?, ?, ?)`,
        [input.network, input.version, base64Of(input.text), input.hash, current?.hash ?? null, input.author, input.at],
      );
      await storeMachines(em, input);
      // Whose file is in trouble all the same says so again; the others may be of processes that are gone.
      await em.execute('delete from network_file_trouble where network = ?', [input.network]);
      if (input.note !== undefined) await writeNote(em, input.note);
      return outcome;
    });
  }

  /** The version that counts; `null` when there is no such network. */
  async current(network: string): Promise<NetworkVersion | null> {
    const row = await currentRow(this.em.fork(), network);
    return row === null ? null : versionOf(row);
  }

  /** Number and hash of the version that counts: cheap enough to ask every second. */
  async head(network: string): Promise<Pick<NetworkVersion, 'version' | 'hash'> | null> {
    const rows = await this.em
      .fork()
      .execute<{ version: number; hash: string }[]>(
        'select version, hash from network_version where network = ? order by version desc limit 1',
        [network],
      );
    return rows[0] ?? null;
  }

  /** Whether a text with this hash was ever accepted, as the current version or a former one. */
  async wasAccepted(network: string, hash: string): Promise<boolean> {
    const rows = await this.em
      .fork()
      .execute('select 1 from network_version where network = ? and hash = ? limit 1', [network, hash]);
    return rows.length > 0;
  }

  /** The last version after this one that somebody made here, other than by editing a file; `null`: none. */
  async madeHereAfter(network: string, version: number): Promise<Pick<NetworkVersion, 'version' | 'author'> | null> {
    const rows = await this.em.fork().execute<{ version: number; author: string }[]>(
      `select version, author from network_version where network = ? and version > ? and author <> 'file'
       order by version desc limit 1`,
      [network, version],
    );
    return rows[0] ?? null;
  }

  /** The names of all networks, in order. */
  async list(): Promise<string[]> {
    const rows = await this.em
      .fork()
      .execute<{ network: string }[]>('select distinct network from network_version order by network');
    return rows.map(row => row.network);
  }

  /**
   * A database holds rows of one window length only and remembers it from its first start on.
   *
   * @throws AppError `WINDOW_MISMATCH` when it remembers another one.
   */
  async rememberWindow(windowMs: number): Promise<void> {
    const em = this.em.fork();
    await em.execute(`insert into setting (name, value) values ('window_ms', ?) on conflict (name) do nothing`, [
      String(windowMs),
    ]);
    const rows = await em.execute<{ value: string }[]>(`select value from setting where name = 'window_ms'`);
    const remembered = Number(rows[0]?.value);
    if (remembered === windowMs) return;
    throw new AppError(
      'WINDOW_MISMATCH',
      `This database holds windows of ${remembered / 1000} s, but WINDOW is ${windowMs / 1000} s. ` +
        `Set WINDOW=${remembered / 1000}s, or use another database.`,
    );
  }
}

/** Compare and set: who has not seen the current version does not replace it. */
function decideAcceptance(current: NetworkVersionRow | null, input: VersionToAccept): AcceptOutcome {
  if (current?.hash === input.hash) return 'unchanged';
  if ((current?.version ?? null) !== input.expectedVersion) return 'stale';
  return current !== null && input.version <= current.version ? 'stale' : 'accepted';
}

async function currentRow(em: EntityManager, network: string): Promise<NetworkVersionRow | null> {
  const rows = await em.find(
    NetworkVersionEntity,
    { network },
    { orderBy: { version: 'desc' }, limit: 1, disableIdentityMap: true },
  );
  return rows[0] ?? null;
}

function base64Of(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function versionOf(row: NetworkVersionRow): NetworkVersion {
  const { network, version, hash, author, acceptedAt } = row;
  return { network, version, text: Buffer.from(row.content).toString('utf8'), hash, author, acceptedAt };
}
