import type { JobLog } from '../job-log.ts';
import { isLoginError } from './connection-error.ts';

const AWAY = 'the queue cannot be reached; trying again until it is back';
const REFUSED = 'the queue refuses the login: check its user and password; trying again until it accepts them';

/**
 * Tells of an outage twice: when it begins and when it is over. In between every command fails, and nobody needs to hear
 * it; but a server that is there and refuses the login is another thing than one that is away, and told once, too.
 */
export class OutageLog {
  private readonly backend: string;
  private readonly log: JobLog;
  private readonly settleMs: number;
  private downSinceMs: number | null = null;
  private lastFailureMs = 0;
  private readonly told = new Set<string>();

  /** @param settleMs a success this soon after a failure is not believed: connections of one server die one by one. */
  constructor(backend: string, log: JobLog, settleMs = 0) {
    this.backend = backend;
    this.log = log;
    this.settleMs = settleMs;
  }

  /** The server is away, or does not let this process in. */
  failed(error: unknown): void {
    this.lastFailureMs = performance.now();
    this.downSinceMs ??= this.lastFailureMs;
    const what = isLoginError(error) ? REFUSED : AWAY;
    if (this.told.has(what)) return;
    this.told.add(what);
    this.log.error({ backend: this.backend, err: error }, what);
  }

  /** The server answered. */
  recovered(): void {
    if (this.downSinceMs === null || performance.now() - this.lastFailureMs < this.settleMs) return;
    const outageMs = Math.round(performance.now() - this.downSinceMs);
    this.downSinceMs = null;
    this.told.clear();
    this.log.info({ backend: this.backend, outageMs }, 'the queue is back');
  }
}
