import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { TransitionAnnouncer } from '#mesh';
import type { JobLog } from '#jobs';

const SWEEP_EVERY_MS = 10_000;

/** Each process looks for itself after state changes that were committed but never announced. */
@Injectable()
export class OutboxSweep {
  private readonly announcer: TransitionAnnouncer;
  private readonly log: JobLog;

  constructor(announcer: TransitionAnnouncer, log: JobLog) {
    this.announcer = announcer;
    this.log = log;
  }

  @Interval(SWEEP_EVERY_MS)
  async sweep(): Promise<void> {
    try {
      const count = await this.announcer.sweep();
      if (count > 0) this.log.info({ count }, 'state changes that were not announced yet are queued again');
    } catch (error) {
      this.log.debug({ error }, 'the outbox could not be swept');
    }
  }
}
