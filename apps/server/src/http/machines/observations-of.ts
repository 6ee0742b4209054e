import { monitorsOf, type MonitorEntry, type NetworkFile } from '#config';
import type { StoredMachine, StoredObservation } from '#storage';
import { newestOf } from '../state/newest-of.ts';

/** What one monitor of the network file saw last. */
export interface CheckOfMachine {
  readonly monitor: MonitorEntry;
  readonly observation: StoredObservation;
}

/** What is known of a machine from those that look at it. */
export interface ObservationsOfMachine {
  /** By the monitor that gives its values; of several, the newest. */
  readonly latest: StoredObservation | undefined;
  /** By the monitors that only check, those that have looked at it, in the order of the file. */
  readonly checks: readonly CheckOfMachine[];
}

/**
 * Sorts the last observations of a machine. What a monitor saw that is not in the file any more says nothing.
 *
 * @param observations all of this machine
 */
export function observationsOf(
  file: NetworkFile,
  machine: StoredMachine,
  observations: readonly StoredObservation[],
): ObservationsOfMachine {
  const byMonitor = monitorsOf(file, machine).flatMap((monitor): CheckOfMachine[] => {
    const observation = newestOf(observations.filter(one => one.monitor === monitor.name));
    return observation === undefined ? [] : [{ monitor, observation }];
  });
  const giving = byMonitor.filter(({ monitor }) => monitor.gives === 'metrics');
  return {
    latest: newestOf(giving.map(({ observation }) => observation)),
    checks: byMonitor.filter(({ monitor }) => monitor.gives === 'check'),
  };
}
