import { type Columns, recordset } from './recordset.ts';
import type { MachinePause } from './editing.types.ts';
import type { JudgedMachine, LastSeen, Verdict } from './types.ts';

const IDS = recordset('r', { machine_id: 'integer' } as const satisfies Columns);

/** Times as milliseconds since the epoch: no session's time zone can change them. */
const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::double precision`;

/**
 * One row for each machine and each last observation of it. Its parameter: machine ids. No more of an observation than a
 * verdict needs: this is read after every probe.
 */
export const SELECT_JUDGED = `
select machine_id, machine.kind, machine.name, netdata, host, address, labels,
  verdict.state, verdict.reason as verdict_reason, ${ms('verdict.since')} as verdict_since_ms,
  monitor, observer, ${ms('observed_at')} as observed_at_ms, latest.reason, detail, misses, ${ms('latest.since')} as since_ms,
  paused_by, ${ms('p.since')} as paused_since_ms, ${ms('p.until')} as paused_until_ms, p.note as pause_note
from ${IDS} join machine using (machine_id) left join verdict using (machine_id) left join latest using (machine_id)
  left join (select * from machine_pause where not is_closed) p using (machine_id)
where removed_at is null
order by machine_id, monitor, observer`;

/**
 * Its parameter: machine ids. Until the transaction ends nobody records an observation of these machines. In the order in
 * which those who record lock them, so that nobody waits in a circle.
 */
export const HOLD_OBSERVATIONS = `
select from latest join ${IDS} using (machine_id)
order by machine_id, monitor collate "C", observer collate "C"
for share of latest`;

/** What {@link SELECT_JUDGED} gives; what it joins from the left is `null` where there is none. */
export interface JudgedRow extends Pick<JudgedMachine, 'kind' | 'name' | 'netdata' | 'host' | 'address' | 'labels'> {
  readonly machine_id: number;
  readonly state: Verdict['state'] | null;
  readonly verdict_reason: Verdict['reason'];
  readonly verdict_since_ms: number;
  readonly monitor: string | null;
  readonly observer: string;
  readonly observed_at_ms: number;
  readonly reason: LastSeen['reason'];
  readonly detail: string | null;
  readonly misses: number;
  readonly since_ms: number;
  readonly paused_by: string | null;
  readonly paused_since_ms: number;
  readonly paused_until_ms: number | null;
  readonly pause_note: string | null;
}

/** The machines of these rows, each with everything that was seen of it. */
export function judgedMachinesOf(rows: readonly JudgedRow[]): JudgedMachine[] {
  const byMachine = Map.groupBy(rows, row => row.machine_id);
  return [...byMachine.values()].flatMap(own => own.slice(0, 1).map(row => machineOf(row, own)));
}

function machineOf(row: JudgedRow, own: readonly JudgedRow[]): JudgedMachine {
  const { machine_id: machineId, kind, name, netdata, host, address, labels } = row;
  const known = { machineId, kind, name, netdata, host, address, labels };
  return { ...known, current: verdictOf(row), pause: pauseOf(row), seen: own.flatMap(seenOf) };
}

function verdictOf({ machine_id, state, verdict_reason, verdict_since_ms }: JudgedRow): Verdict | null {
  if (state === null) return null;
  return { machineId: machine_id, state, reason: verdict_reason, since: new Date(verdict_since_ms) };
}

function pauseOf({
  machine_id,
  paused_by,
  paused_since_ms,
  paused_until_ms,
  pause_note,
}: JudgedRow): MachinePause | null {
  if (paused_by === null) return null;
  const until = paused_until_ms === null ? null : new Date(paused_until_ms);
  return { machineId: machine_id, by: paused_by, since: new Date(paused_since_ms), until, note: pause_note };
}

function seenOf({ monitor, observer, reason, detail, misses, ...times }: JudgedRow): LastSeen[] {
  if (monitor === null) return [];
  const { observed_at_ms, since_ms } = times;
  return [
    { monitor, observer, reason, detail, misses, observedAt: new Date(observed_at_ms), since: new Date(since_ms) },
  ];
}
