import { mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PROC_FILES, renderProcFile, type ProcFile } from './proc-files.ts';
import { advance, FIRST_COUNTERS, machineAt, type Counters } from './truth.ts';

/** Short enough that an agent reads a count that is at most some hundredths of a second off. */
const TICK_MS = 40;

/** Where the made-up /proc of one machine lies. */
export function procDirectory(agentDirectory: string): string {
  return join(agentDirectory, 'proc');
}

/** One made-up machine: what it has counted, and the open files that it shows it in. */
export class FakeMachine {
  readonly #index: number;
  readonly #disk: string;
  readonly #files: readonly (readonly [ProcFile, number])[];
  #counters: Counters = FIRST_COUNTERS;
  #countedUntil: number;

  constructor(index: number, agentDirectory: string, disk: string) {
    const directory = procDirectory(agentDirectory);
    mkdirSync(directory, { recursive: true });
    this.#index = index;
    this.#disk = disk;
    this.#files = PROC_FILES.map(file => [file, openSync(join(directory, file), 'w')] as const);
    this.#countedUntil = Date.now() / 1000;
  }

  /** Writes what the machine has counted until the middle of the coming tick, so that early and late reads cancel. */
  write(): void {
    const now = Date.now() / 1000;
    const countUntil = Math.max(this.#countedUntil, now + TICK_MS / 2000);
    this.#counters = advance(this.#counters, this.#index, this.#countedUntil, countUntil);
    this.#countedUntil = countUntil;
    // The agent stamps t what it reads just after t. Half a second late, its gauges belong to the second before t for
    // certain, as its rates do.
    const gauges = machineAt(this.#index, Math.floor(now - 0.5));
    const state = { index: this.#index, disk: this.#disk, counters: this.#counters, gauges };
    for (const [file, descriptor] of this.#files) writeSync(descriptor, renderProcFile(file, state), 0, 'latin1');
  }
}

/** Keeps all machines of a cluster alive until the process ends. */
export function runMachines(machines: readonly FakeMachine[]): void {
  const writeAll = (): void => machines.forEach(machine => machine.write());
  writeAll();
  setInterval(writeAll, TICK_MS);
}
