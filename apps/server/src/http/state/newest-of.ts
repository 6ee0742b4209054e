import type { StoredObservation } from '#storage';

/** Of what several observers saw, the newest; of two as new as each other, the first. */
export function newestOf(observations: readonly StoredObservation[]): StoredObservation | undefined {
  return observations.reduce<StoredObservation | undefined>(
    (newest, one) => (newest === undefined || newest.observedAt < one.observedAt ? one : newest),
    undefined,
  );
}
