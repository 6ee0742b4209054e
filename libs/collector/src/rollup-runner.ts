import type { Handlers, JobContext } from '#jobs';
import type { CollectorParts } from './collector-parts.ts';

/** Then the next tick goes on, here or elsewhere. */
const RUN_MS = 20_000;

/** Makes the hours and days anew whose rows have changed. The marks stand in the database; the job only wakes. */
export class RollupRunner {
  private readonly parts: Pick<CollectorParts, 'storage' | 'clock' | 'log'>;

  constructor(parts: Pick<CollectorParts, 'storage' | 'clock' | 'log'>) {
    this.parts = parts;
  }

  /** The handlers of this class's jobs. */
  handlers(): Handlers<'rollup.run'> {
    return { 'rollup.run': (_, context) => this.run(context) };
  }

  private async run({ signal }: JobContext): Promise<void> {
    const { storage, clock, log } = this.parts;
    const made = { hours: 0, days: 0 };
    const endsAt = performance.now() + RUN_MS;
    for (let more = true; more && !signal.aborted && performance.now() < endsAt;) {
      const batch = await storage.rollups.run(clock.now());
      made.hours += batch.hours;
      made.days += batch.days;
      more = batch.more;
    }
    if (made.hours + made.days > 0) log.debug(made, 'made hours and days of rows');
  }
}
