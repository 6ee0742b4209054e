import type { Machine, MetricValues } from '../../api/client.ts';
import type { ValuesEvent } from '../../api/live-events.ts';
import { NEVER_TOLD, type StateRow, withNewerState } from '../list/state-row.ts';

/** What one line of the machines shows. */
export interface MachineRow extends StateRow {
  readonly network: string;
  readonly labels: readonly (readonly [key: string, value: string])[];
  readonly agent: Machine['agent'];
  readonly values: MetricValues | null;
  /** When the values were true, in the server's clock, in ms of the Unix epoch. */
  readonly valuesAt: number | null;
  readonly fullestMount: string | null;
  readonly checks: Machine['checks'];
  readonly pause: Machine['pause'];
}

/** A line as the machine list describes it. */
export function machineRowOf(machine: Machine): MachineRow {
  const { latest, verdict } = machine;
  return {
    network: machine.network,
    name: machine.name,
    labels: Object.entries(machine.labels),
    agent: machine.agent,
    state: verdict.state,
    reason: verdict.reason,
    since: verdict.since,
    // Of a machine that is up it would say only that it answers.
    detail: latest === null || latest.reachable ? null : latest.detail,
    values: latest?.values ?? null,
    valuesAt: latest?.valuesAt == null ? null : Date.parse(latest.valuesAt),
    fullestMount: latest?.fullestMount ?? null,
    checks: machine.checks,
    pause: machine.pause,
    stateToldAt: NEVER_TOLD,
  };
}

/**
 * What is newer of a line and the list's answer.
 *
 * @param requestedAt when the list was asked for, in ms of `performance.now()`
 */
export function mergeMachineRow(known: MachineRow, read: MachineRow, requestedAt: number): MachineRow {
  const merged = withNewerState(known, read, requestedAt);
  const areValuesNewer = (known.valuesAt ?? 0) > (read.valuesAt ?? 0);
  return areValuesNewer ? { ...merged, values: known.values, valuesAt: known.valuesAt } : merged;
}

/** What an event of values changes. Of a machine that did not answer this second the last known values stay. */
export function changesOf(event: ValuesEvent | null): Map<string, Pick<MachineRow, 'values' | 'valuesAt'>> {
  const valuesAt = event === null ? 0 : Date.parse(event.at);
  return new Map(
    Object.entries(event?.machines ?? {}).flatMap(([name, values]) =>
      values === null ? [] : [[name, { values, valuesAt }] as const],
    ),
  );
}
