import type { StoredObservation } from '#storage';

/** Of what several monitors or observers saw of a machine, the newest, by machine id. */
export function newestByMachine(observations: readonly StoredObservation[]): Map<number, StoredObservation> {
  const newest = new Map<number, StoredObservation>();
  for (const observation of observations) {
    const known = newest.get(observation.machineId);
    if (known === undefined || known.observedAt < observation.observedAt)
      newest.set(observation.machineId, observation);
  }
  return newest;
}
