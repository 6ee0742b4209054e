import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditNote } from './account.types.ts';
import { writeNote } from './accounts/audit-notes.ts';
import { type Columns, recordset, recordsetParameter } from './recordset.ts';
import type { ExpiredPause, MachinePause } from './editing.types.ts';

const COLUMNS = {
  machine_id: 'integer',
  paused_by: 'text',
  since: 'timestamptz',
  until: 'timestamptz',
  note: 'text',
} as const satisfies Columns;

const NAMES = Object.keys(COLUMNS).join(', ');

/** Parameter: now. Of the alias `p`. What was ended is over also when the clock is set back to before its end. */
const IS_ACTIVE = '(not p.is_closed and (p.until is null or p.until > ?))';

interface PauseRow {
  readonly machine_id: number;
  readonly paused_by: string;
  readonly since_ms: number;
  readonly until_ms: number | null;
  readonly note: string | null;
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::double precision`;
const SELECT = `select p.machine_id, p.paused_by, ${ms('p.since')} as since_ms, ${ms('p.until')} as until_ms, p.note
  from machine_pause p`;

/** Machines that nobody is to look at for a while. Run-time state: the network file says nothing of it. */
export class Pauses {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /** The pauses of these machines that are not over. */
  async of(machineIds: readonly number[], now: Date): Promise<MachinePause[]> {
    if (machineIds.length === 0) return [];
    const ids = recordsetParameter(machineIds.map(machine_id => ({ machine_id })));
    const rows = await this.em
      .fork()
      .execute<PauseRow[]>(
        `${SELECT} join ${recordset('r', { machine_id: 'integer' })} using (machine_id) where ${IS_ACTIVE}`,
        [ids, now],
      );
    return rows.map(pauseOf);
  }

  /** The machines of this network that are paused. */
  async pausedIn(network: string, now: Date): Promise<ReadonlySet<number>> {
    const rows = await this.em.fork().execute<{ machine_id: number }[]>(
      `select p.machine_id from machine_pause p join machine m using (machine_id)
       where m.network = ? and m.removed_at is null and ${IS_ACTIVE}`,
      [network, now],
    );
    return new Set(rows.map(row => row.machine_id));
  }

  /** Paused machines whose verdict does not say so yet. In order. */
  async unjudged(network: string, now: Date): Promise<number[]> {
    const rows = await this.em.fork().execute<{ machine_id: number }[]>(
      `select p.machine_id from machine_pause p join machine m using (machine_id) left join verdict v using (machine_id)
       where m.network = ? and m.removed_at is null and v.state is distinct from 'maintenance' and ${IS_ACTIVE}
       order by p.machine_id`,
      [network, now],
    );
    return rows.map(row => row.machine_id);
  }

  /** Pauses a machine, with the entry in the audit log; one that is paused already gets this pause instead. */
  async begin(pause: MachinePause, note: AuditNote): Promise<void> {
    const { machineId, by, since, until, note: remark } = pause;
    const row = { machine_id: machineId, paused_by: by, since, until, note: remark };
    await this.em.fork().transactional(async em => {
      await em.execute(
        `insert into machine_pause (${NAMES}) select ${NAMES} from ${recordset('r', COLUMNS)}
         on conflict (machine_id) do update set paused_by = excluded.paused_by, until = excluded.until,
           note = excluded.note, is_closed = false,
           since = case when not machine_pause.is_closed
               and (machine_pause.until is null or machine_pause.until > excluded.since)
             then machine_pause.since else excluded.since end`,
        [recordsetParameter([row])],
      );
      await writeNote(em, note);
    });
  }

  /** Ends the pause of a machine, with the entry in the audit log. False: it was not paused, and nothing is written. */
  async end(machineId: number, now: Date, note: AuditNote): Promise<boolean> {
    return await this.em.fork().transactional(async em => {
      const rows = await em.execute(
        `update machine_pause p set until = ?, is_closed = true where machine_id = ? and ${IS_ACTIVE} returning machine_id`,
        [now, machineId, now],
      );
      if (rows.length > 0) await writeNote(em, note);
      return rows.length > 0;
    });
  }

  /** Closes the pauses that have ended by themselves, each once, with an entry in the audit log. */
  async closeExpired(network: string, now: Date, noteOf: (pause: ExpiredPause) => AuditNote): Promise<ExpiredPause[]> {
    return await this.em.fork().transactional(async em => {
      const rows = await em.execute<{ machine_id: number; name: string; until_ms: number }[]>(
        `update machine_pause p set is_closed = true from machine m
         where m.machine_id = p.machine_id and m.network = ? and not p.is_closed and p.until <= ?
         returning p.machine_id, m.name, ${ms('p.until')} as until_ms`,
        [network, now],
      );
      const expired = rows.map(row => ({ machineId: row.machine_id, name: row.name, until: new Date(row.until_ms) }));
      for (const pause of expired) await writeNote(em, noteOf(pause));
      return expired;
    });
  }
}

function pauseOf({ machine_id, paused_by, since_ms, until_ms, note }: PauseRow): MachinePause {
  const until = until_ms === null ? null : new Date(until_ms);
  return { machineId: machine_id, by: paused_by, since: new Date(since_ms), until, note };
}
