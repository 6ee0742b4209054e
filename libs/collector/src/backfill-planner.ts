import { freshMsOf, monitorsInUse } from '#config';
import { windowBackfillId, type JobRequest } from '#jobs';
import type { CollectorParts } from './collector-parts.ts';

/** Machines that are asked about their past at a time, in the whole cluster: what happens now comes first. */
const AT_ONCE = 4;
/** A job that has not begun by then is taken for lost, and its machine is anybody's again. */
const QUEUED_MS = 30_000;

/** Queues the machines that have something to be asked for, and answer. What they are stands in `backfill`. */
export class BackfillPlanner {
  private readonly parts: CollectorParts;

  constructor(parts: CollectorParts) {
    this.parts = parts;
  }

  /**
   * Queues as many as there is room for.
   *
   * @param after the network that had a turn just now: its others come last, so that one with much to do does not keep all
   *   places
   */
  async plan(after: string | null = null): Promise<void> {
    const networks = this.parts.networks();
    const first = after === null ? 0 : networks.indexOf(after) + 1;
    for (const network of [...networks.slice(first), ...networks.slice(0, first)]) await this.queueMachines(network);
  }

  private async queueMachines(network: string): Promise<void> {
    const answeredMs = await this.answeredMs(network);
    const now = this.parts.clock.now();
    const tasks = await this.parts.storage.backfills.take(network, {
      now,
      leaseUntil: new Date(now.getTime() + QUEUED_MS),
      answeredSince: new Date(now.getTime() - answeredMs),
      atOnce: AT_ONCE,
    });
    await this.parts.publisher.publishAll(
      tasks.map(({ machineId, attempt, via }): JobRequest<'window.backfill'> => {
        const payload = { network, machine: machineId, attempt };
        return { name: 'window.backfill', id: windowBackfillId(payload), payload, via };
      }),
    );
  }

  /** A machine whose last answer is older than this does not answer. */
  private async answeredMs(network: string): Promise<number> {
    const file = await this.parts.networkFile(network);
    const monitors = file === null ? [] : monitorsInUse(file).filter(({ gives }) => gives === 'metrics');
    return Math.max(0, ...monitors.map(freshMsOf));
  }
}
