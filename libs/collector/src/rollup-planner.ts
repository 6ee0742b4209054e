import type { CollectorParts } from './collector-parts.ts';

/** Queues the making of hours and days when there are any to make. */
export class RollupPlanner {
  private readonly parts: Pick<CollectorParts, 'storage' | 'publisher' | 'clock'>;

  constructor(parts: Pick<CollectorParts, 'storage' | 'publisher' | 'clock'>) {
    this.parts = parts;
  }

  /** @param tick epoch seconds: of several who plan in the same tick one job is queued */
  async plan(tick: number): Promise<void> {
    if (!(await this.parts.storage.rollups.isDue(this.parts.clock.now()))) return;
    await this.parts.publisher.publish({ name: 'rollup.run', id: `rollup.run-${tick}`, payload: { at: tick } });
  }
}
