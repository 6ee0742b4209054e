import type { Part } from '../../support/usage.ts';

/** Something that reads every machine every 10 s, and whose cost is measured. */
export interface Subject {
  /** As the table shows it. */
  readonly name: string;
  /** The part that its processes without a name of their own are counted under. */
  readonly rest: Part;
  /** The processes that it consists of; what came from them belongs to it, too. */
  roots(): readonly number[];
  /** Reads so far whose values it has dealt with: stored, or, where nothing is stored, parsed. */
  reads(): Promise<number>;
  /** Values that it gets out of one read. */
  valuesPerRead(): Promise<number>;
  stop(): Promise<void>;
}

/** How often every machine is read. */
export const INTERVAL_SECONDS = 10;
