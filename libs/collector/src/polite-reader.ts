import type { Window } from '#config';
import type { StoredMachine } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import { pause } from './pause.ts';
import { readMachineWindow, type Outcome } from './read-machine-window.ts';

/** How often it is looked whether something more urgent is over. */
const LOOK_MS = 50;
/** Between two windows it rests for as long as the first one took, but no longer than this. */
const LONGEST_REST_MS = 100;

/** Says whether this process has more urgent work just now. */
export interface UrgentWork {
  readonly isBusy: boolean;
}

/** Reads windows that nobody waits for: never while there is more urgent work, and half of the time not at all. */
export class PoliteReader {
  private readonly parts: CollectorParts;
  private readonly urgent: UrgentWork;
  private restMs = 0;

  constructor(parts: CollectorParts, urgent: UrgentWork) {
    this.parts = parts;
    this.urgent = urgent;
  }

  /** @throws what {@link readMachineWindow} throws */
  async read(machine: StoredMachine, window: Window, signal: AbortSignal): Promise<Outcome> {
    await pause(this.restMs, signal);
    while (this.urgent.isBusy) await pause(LOOK_MS, signal);
    const began = performance.now();
    const outcome = await readMachineWindow(this.parts, machine, window, signal);
    this.restMs = Math.min(performance.now() - began, LONGEST_REST_MS);
    return outcome;
  }
}
