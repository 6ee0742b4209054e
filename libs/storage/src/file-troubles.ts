import type { EntityManager } from '@mikro-orm/postgresql';
import { type Columns, recordset, recordsetParameter } from './recordset.ts';
import type { FileTrouble } from './editing.types.ts';

const COLUMNS = {
  network: 'text',
  process: 'text',
  since: 'timestamptz',
  detail: 'text',
  problems: 'jsonb',
} as const satisfies Columns;

const NAMES = Object.keys(COLUMNS).join(', ');

/** Changes of files on disk that could not be taken over, so that whoever edits elsewhere can be told. */
export class FileTroubles {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /** Notes what is wrong with the file of this process now; the same trouble goes on since it began. */
  async note(network: string, trouble: FileTrouble): Promise<void> {
    const row = { network, ...trouble, problems: [...trouble.problems] };
    await this.em.fork().execute(
      `insert into network_file_trouble (${NAMES}) select ${NAMES} from ${recordset('r', COLUMNS)}
       on conflict (network, process) do update set detail = excluded.detail, problems = excluded.problems,
         since = case when network_file_trouble.detail = excluded.detail then network_file_trouble.since else excluded.since end`,
      [recordsetParameter([row])],
    );
  }

  /** The file of this process is in order. */
  async clear(network: string, process: string): Promise<void> {
    await this.em
      .fork()
      .execute('delete from network_file_trouble where network = ? and process = ?', [network, process]);
  }

  /** All there is of this network, the oldest first. */
  async of(network: string): Promise<FileTrouble[]> {
    const rows = await this.em.fork().execute<(Omit<FileTrouble, 'since'> & { since_ms: number })[]>(
      `select process, detail, problems, (extract(epoch from since) * 1000)::double precision as since_ms
       from network_file_trouble where network = ? order by since, process`,
      [network],
    );
    return rows.map(({ since_ms, ...trouble }) => ({ ...trouble, since: new Date(since_ms) }));
  }
}
