import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#config';
import { launchPostgres } from './launch-postgres.ts';
import type { Placement } from './placement.ts';
import { choosePort, rememberPort } from './port.ts';
import { adoptPostgres, type PostgresProcess, type StopMode } from './postgres-process.ts';

const RESTART_DELAYS_MS = [100, 250, 500, 1_000, 2_000, 5_000];
const START_ATTEMPTS = 20;
const START_PAUSE_MS = 250;
/** Passes by itself: somebody took the port between the look and the start, or a killed server is not quite gone. */
const PASSING: ReadonlySet<string> = new Set(['EMBEDDED_PORT_TAKEN', 'EMBEDDED_BUSY']);

/** Keeps one server running until it is told to stop. */
export class Supervisor {
  readonly #placement: Placement;
  readonly #settings: readonly string[];
  readonly #log: (line: string) => void;
  readonly #stopping = new AbortController();
  #current: PostgresProcess | null = null;
  #watching: Promise<void> = Promise.resolve();

  constructor(placement: Placement, settings: readonly string[], log: (line: string) => void) {
    this.#placement = placement;
    this.#settings = settings;
    this.#log = log;
  }

  /** Returns the port. */
  async start(): Promise<number> {
    const server = (await this.#adopt()) ?? (await this.#launchOnFreePort());
    this.#current = server;
    rememberPort(this.#placement.directory, server.port);
    this.#watching = this.#watch(server);
    return server.port;
  }

  /** Ends a start that is under way as soon as possible. Has to be followed by {@link stop}. */
  giveUp(): void {
    this.#stopping.abort();
  }

  async stop(mode: StopMode): Promise<void> {
    this.giveUp();
    await this.#current?.stop(mode);
    await this.#watching;
  }

  signal(signal: NodeJS.Signals): void {
    this.#current?.signal(signal);
  }

  async #adopt(): Promise<PostgresProcess | null> {
    const orphan = await adoptPostgres(this.#placement.cluster, this.#stopping.signal);
    if (orphan !== null) this.#log(`Adopted the PostgreSQL that was left running on port ${orphan.port}.`);
    return orphan;
  }

  async #launchOnFreePort(): Promise<PostgresProcess> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#launch(await choosePort(this.#placement.directory));
      } catch (error) {
        if (attempt === START_ATTEMPTS || !(error instanceof AppError) || !PASSING.has(error.code)) throw error;
        await sleep(START_PAUSE_MS, undefined, { signal: this.#stopping.signal });
      }
    }
  }

  #launch(port: number): Promise<PostgresProcess> {
    return launchPostgres({
      placement: this.#placement,
      port,
      settings: this.#settings,
      log: this.#log,
      signal: this.#stopping.signal,
    });
  }

  async #watch(server: PostgresProcess): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const how = await server.ended;
      if (this.#stopping.signal.aborted) return;
      this.#log(`PostgreSQL died: ${how}. Starting it again.`);
      const next = await this.#relaunch(server.port);
      if (next === null) return;
      this.#current = server = next;
      this.#log(`PostgreSQL runs again on port ${server.port}.`);
    }
    await this.#current?.stop('fast');
  }

  /** Tries until it runs on that port, because whoever uses it knows no other; `null` when told to stop. */
  async #relaunch(port: number): Promise<PostgresProcess | null> {
    for (let attempt = 0; ; attempt += 1) {
      const delayMs = RESTART_DELAYS_MS[Math.min(attempt, RESTART_DELAYS_MS.length - 1)];
      try {
        await sleep(delayMs, undefined, { signal: this.#stopping.signal });
        return await this.#launch(port);
      } catch (error) {
        if (this.#stopping.signal.aborted) return null;
        this.#log(`PostgreSQL did not start, trying again: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}
