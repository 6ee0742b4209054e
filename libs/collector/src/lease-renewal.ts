import { AppError } from '#config';
import type { CollectorParts } from './collector-parts.ts';

/** Who has not renewed for this long is taken for dead. */
const LEASE_MS = 15_000;
const RENEW_EVERY_MS = 5_000;

/** Until when a lease lasts that is taken or renewed at `now`. */
export function leaseUntil(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}

/**
 * Keeps a lease while the work goes on that it is for. `signal` is aborted when the lease is lost or the process shuts
 * down.
 */
export class LeaseRenewal {
  readonly signal: AbortSignal;
  private readonly parts: Pick<CollectorParts, 'clock' | 'log'>;
  private readonly renew: (until: Date) => Promise<boolean>;
  private readonly facts: object;
  private readonly lost = new AbortController();
  private readonly timer: NodeJS.Timeout;

  /**
   * @param renew false: another has it
   * @param facts what it is for, for the log
   */
  constructor(
    parts: Pick<CollectorParts, 'clock' | 'log'>,
    renew: (until: Date) => Promise<boolean>,
    shutdown: AbortSignal,
    facts: object,
  ) {
    this.parts = parts;
    this.renew = renew;
    this.facts = facts;
    this.signal = AbortSignal.any([shutdown, this.lost.signal]);
    this.timer = setInterval(() => void this.prolong(), RENEW_EVERY_MS);
  }

  get isLost(): boolean {
    return this.lost.signal.aborted;
  }

  /** Ends the renewal, not the lease. */
  stop(): void {
    clearInterval(this.timer);
  }

  private async prolong(): Promise<void> {
    try {
      const held = await this.renew(leaseUntil(this.parts.clock.now()));
      if (!held) this.lost.abort(new AppError('LEASE_LOST', 'another worker has taken this over'));
    } catch (error) {
      this.parts.log.warn({ error, ...this.facts }, 'a lease could not be renewed');
    }
  }
}
