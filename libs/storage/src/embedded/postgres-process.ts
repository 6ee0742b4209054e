import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, type ProcessIdentity } from './process-identity.ts';
import { findOrphan, readPostmasterFile } from './postmaster-file.ts';

/** `fast` writes everything out first; `immediate` leaves that to the recovery of the next start. */
export type StopMode = 'fast' | 'immediate';

/** Signals as `pg_ctl stop` sends them, each with the time it has until the next; together shorter than what a service manager waits. */
const STOP_STEPS = {
  fast: [
    { signal: 'SIGINT', waitMs: 3_000 },
    { signal: 'SIGQUIT', waitMs: 6_000 },
    { signal: 'SIGKILL', waitMs: Infinity },
  ],
  immediate: [
    { signal: 'SIGQUIT', waitMs: 6_000 },
    { signal: 'SIGKILL', waitMs: Infinity },
  ],
} as const;

/** A running server, started by this process or adopted by it. */
export class PostgresProcess {
  readonly port: number;
  /** Resolves when the process is gone, with how it ended, in words. */
  readonly ended: Promise<string>;
  readonly #identity: ProcessIdentity;

  constructor(identity: ProcessIdentity, port: number, ended: Promise<string>) {
    this.#identity = identity;
    this.port = port;
    this.ended = ended;
  }

  /** Resolves when the process is gone, however long that takes. */
  async stop(mode: StopMode): Promise<void> {
    for (const { signal, waitMs } of STOP_STEPS[mode]) {
      this.signal(signal);
      if (await settlesWithin(this.ended, waitMs)) return;
    }
  }

  /** Never hits another process that got the same number. */
  signal(signal: NodeJS.Signals): void {
    if (isRunning(this.#identity)) process.kill(this.#identity.pid, signal);
  }
}

const POLL_MS = 20;
/** How often it is looked whether an adopted server still runs: only a parent gets told. */
const WATCH_MS = 250;

/**
 * Takes over the server that a killed owner left running; `null` when there is none. It is waited for until it is ready,
 * or the signal aborted: then whoever gives up still gets it, to stop it.
 */
export async function adoptPostgres(cluster: string, signal: AbortSignal): Promise<PostgresProcess | null> {
  for (;;) {
    const orphan = findOrphan(cluster);
    const file = readPostmasterFile(cluster);
    if (orphan === null || file === null) return null;
    if (file.ready || signal.aborted) return new PostgresProcess(orphan, file.port, watchUntilGone(orphan));
    // It is starting or stopping: either ends by itself.
    await sleep(POLL_MS);
  }
}

async function watchUntilGone(identity: ProcessIdentity): Promise<string> {
  while (isRunning(identity)) await sleep(WATCH_MS, undefined, { ref: false });
  return 'it is gone';
}

async function settlesWithin(promise: Promise<unknown>, waitMs: number): Promise<boolean> {
  if (waitMs === Infinity) return promise.then(() => true);
  const timer = new AbortController();
  const timeout = sleep(waitMs, false, { signal: timer.signal }).catch(() => false);
  const settled = await Promise.race([promise.then(() => true), timeout]);
  timer.abort();
  return settled;
}
