import type { JobLog } from '../job-log.ts';

/** Tells of an outage twice: when it begins and when it is over. In between every command fails, and nobody needs to hear it. */
export class OutageLog {
  private readonly backend: string;
  private readonly log: JobLog;
  private downSinceMs: number | null = null;

  constructor(backend: string, log: JobLog) {
    this.backend = backend;
    this.log = log;
  }

  /** The server is away. */
  failed(error: unknown): void {
    if (this.downSinceMs !== null) return;
    this.downSinceMs = performance.now();
    this.log.error({ backend: this.backend, err: error }, 'the queue cannot be reached; trying again until it is back');
  }

  /** The server answered. */
  recovered(): void {
    if (this.downSinceMs === null) return;
    const outageMs = Math.round(performance.now() - this.downSinceMs);
    this.downSinceMs = null;
    this.log.info({ backend: this.backend, outageMs }, 'the queue is back');
  }
}
