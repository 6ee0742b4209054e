import type { Machine, MetricValues, VerdictState } from '../../api/client.ts';

/** What one line of the table shows. It is replaced, never changed, so that a line knows when to draw itself again. */
export interface MachineRow {
  readonly name: string;
  readonly labels: readonly (readonly [key: string, value: string])[];
  readonly agent: Machine['agent'];
  readonly state: VerdictState;
  readonly reason: string | null;
  /** RFC 3339; `null` as long as there was no verdict. */
  readonly since: string | null;
  readonly values: MetricValues | null;
  /** When the values were true, in the server's clock, in ms of the Unix epoch. */
  readonly valuesAt: number | null;
  readonly fullestMount: string | null;
  /** When the state was last told by an event, in ms of `performance.now()`. */
  readonly stateToldAt: number;
}

/** A line as the machine list describes it. */
export function rowOf(machine: Machine): MachineRow {
  const { latest, verdict } = machine;
  return {
    name: machine.name,
    labels: Object.entries(machine.labels),
    agent: machine.agent,
    state: verdict.state,
    reason: verdict.reason,
    since: verdict.since,
    values: latest?.values ?? null,
    valuesAt: latest?.valuesAt == null ? null : Date.parse(latest.valuesAt),
    fullestMount: latest?.fullestMount ?? null,
    stateToldAt: Number.NEGATIVE_INFINITY,
  };
}

/**
 * What is newer of a line and the list's answer: the stream goes on while the list is being read, so an answer may be
 * older than what an event has said since it was asked for.
 *
 * @param requestedAt when the list was asked for, in ms of `performance.now()`
 */
export function mergeRow(known: MachineRow, read: MachineRow, requestedAt: number): MachineRow {
  const isStateNewer = known.stateToldAt > requestedAt;
  const areValuesNewer = (known.valuesAt ?? 0) > (read.valuesAt ?? 0);
  return {
    ...read,
    ...(isStateNewer && { state: known.state, reason: known.reason, since: known.since }),
    ...(areValuesNewer && { values: known.values, valuesAt: known.valuesAt }),
    stateToldAt: known.stateToldAt,
  };
}
