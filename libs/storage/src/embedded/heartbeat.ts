import { closeSync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const BEAT_MS = 2_000;
/** A file that was not touched for this long is nobody's: several beats, for a machine that is very busy. */
const DEAD_AFTER_MS = 15_000;
const LOOK_MS = 100;

/** Shows the processes that cannot see this one, by the age of a file, that it lives. */
export class Heartbeat {
  readonly #file: number;
  readonly #timer: NodeJS.Timeout;
  #stopped = false;

  /** The file exists and holds this content. */
  constructor(path: string, content: string) {
    this.#file = openSync(path, 'r+');
    this.#timer = setInterval(() => this.#beat(content), BEAT_MS).unref();
  }

  /** The same bytes again in the same place: whoever reads meanwhile never finds half of them. */
  #beat(content: string): void {
    try {
      writeSync(this.#file, content, 0);
    } catch {
      // A full or failing disk; one beat is missed and the next one tries again.
    }
  }

  /** Leaves the file empty. May be called more than once. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    clearInterval(this.#timer);
    ftruncateSync(this.#file);
    closeSync(this.#file);
  }
}

/**
 * Whether somebody keeps touching the file. One that was touched just now is watched until it is touched again, or old.
 * Its age is told by `reference`, a file that was written this moment: both times are from the clock of the file system.
 *
 * @throws the reason of the signal when that is aborted meanwhile.
 */
export async function isBeating(path: string, reference: string, signal?: AbortSignal): Promise<boolean> {
  const began = performance.now();
  const found = touchedAt(path);
  const ageMs = Math.abs(touchedAt(reference) - found);
  // Touched far in the future, it is from before the clock was set back: somebody alive would have touched it since.
  while (ageMs + performance.now() - began < DEAD_AFTER_MS) {
    signal?.throwIfAborted();
    await sleep(LOOK_MS);
    if (touchedAt(path) !== found) return true;
  }
  return false;
}

/** 0 when there is no such file. */
function touchedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
