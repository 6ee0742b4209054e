/** Room in the budget, held or waited for. Releasing twice is harmless. */
export interface Lease {
  release(): void;
}

interface Waiting {
  readonly bytes: number;
  readonly granted: () => void;
}

/**
 * How much memory the large bodies of the whole process may take together. Whoever wants more than the budget has waits
 * in line with its socket paused, so a hundred agents that send megabytes at once cost no more than one budget.
 */
export class BodyBudget {
  readonly #totalBytes: number;
  readonly #waiting: Waiting[] = [];
  #freeBytes: number;

  constructor(totalBytes: number) {
    this.#totalBytes = totalBytes;
    this.#freeBytes = totalBytes;
  }

  /** Calls `granted` as soon as there is room, perhaps before it returns. More than the whole budget counts as all of it. */
  reserve(bytes: number, granted: () => void): Lease {
    const wanted: Waiting = { bytes: Math.min(bytes, this.#totalBytes), granted };
    let released = false;
    this.#waiting.push(wanted);
    this.#grant();
    return {
      release: () => {
        if (released) return;
        released = true;
        const place = this.#waiting.indexOf(wanted);
        if (place >= 0) this.#waiting.splice(place, 1);
        else this.#freeBytes += wanted.bytes;
        this.#grant();
      },
    };
  }

  #grant(): void {
    for (let next = this.#waiting[0]; next !== undefined && next.bytes <= this.#freeBytes; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#freeBytes -= next.bytes;
      next.granted();
    }
  }
}
