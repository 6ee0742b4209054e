import type { MetricName } from '#config';
import type { StoredMachine } from '#storage';

/** No more than this is read at once: two hours. */
export const MAX_SECONDS = 7_200;

/** What a machine's metrics were in each of some seconds that follow one another. */
export interface SecondColumns {
  /** Where the first second begins: value i is about (from + i s, from + i + 1 s]. */
  readonly from: Date;
  /**
   * By metric a value for each second, oldest first, in the units of a row; all are of one length. `null`: there is none. A
   * metric without a single value is absent. What the machine measures less often stands at each of the seconds that its
   * value is about, and never beyond: the load of an agent is the same for five.
   */
  readonly metrics: Readonly<Partial<Record<MetricName, readonly (number | null)[]>>>;
}

/** The seconds that a machine itself still knows. */
export interface FineHistory {
  /**
   * The seconds of (from, to], both cut to whole ones. They end earlier when `to` has not happened yet: a second is there two
   * seconds later. Never throws for what is out there, and takes some three seconds at most.
   *
   * @param signal aborted when nobody waits any more
   * @returns `null`: it cannot be told, for the machine does not answer, has nothing of that time or is asked for too much
   *   at once (more than {@link MAX_SECONDS}, or by too many)
   */
  read(machine: StoredMachine, from: Date, to: Date, signal: AbortSignal): Promise<SecondColumns | null>;
}
