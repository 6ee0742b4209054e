import type { Clock } from '#config';
import type { Storage } from '#storage';

/** How long a machine may still be read after it was paused: live values ask every second for each. */
const FRESH_MS = 1_000;

/** Which machines nobody is to look at now, by network; what is known is kept for a second. */
export class PausedMachines {
  private readonly storage: Pick<Storage, 'pauses'>;
  private readonly clock: Clock;
  private readonly looks = new Map<string, { readonly at: number; readonly ids: Promise<ReadonlySet<number>> }>();

  constructor(storage: Pick<Storage, 'pauses'>, clock: Clock) {
    this.storage = storage;
    this.clock = clock;
  }

  /** Their ids. Many who ask at once cost one look. */
  of(network: string): Promise<ReadonlySet<number>> {
    const last = this.looks.get(network);
    if (last !== undefined && performance.now() - last.at < FRESH_MS) return last.ids;
    const ids = this.storage.pauses.pausedIn(network, this.clock.now());
    this.looks.set(network, { at: performance.now(), ids });
    ids.catch(() => this.looks.delete(network)); // a failed look is not remembered
    return ids;
  }
}
