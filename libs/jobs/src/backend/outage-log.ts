import type { JobLog } from '../job-log.ts';

/** Tells of an outage twice: when it begins and when it is over. In between every command fails, and nobody needs to hear it. */
export class OutageLog {
  private readonly backend: string;
  private readonly log: JobLog;
  private readonly settleMs: number;
  private downSinceMs: number | null = null;
  private lastFailureMs = 0;

  /** @param settleMs a success this soon after a failure is not believed: connections of one server die one by one. */
  constructor(backend: string, log: JobLog, settleMs = 0) {
    this.backend = backend;
    this.log = log;
    this.settleMs = settleMs;
  }

  /** The server is away. */
  failed(error: unknown): void {
    this.lastFailureMs = performance.now();
    if (this.downSinceMs !== null) return;
    this.downSinceMs = this.lastFailureMs;
    this.log.error({ backend: this.backend, err: error }, 'the queue cannot be reached; trying again until it is back');
  }

  /** The server answered. */
  recovered(): void {
    if (this.downSinceMs === null || performance.now() - this.lastFailureMs < this.settleMs) return;
    const outageMs = Math.round(performance.now() - this.downSinceMs);
    this.downSinceMs = null;
    this.log.info({ backend: this.backend, outageMs }, 'the queue is back');
  }
}
