/** A block of memory for one large body, held or waited for. Giving it back twice is harmless. */
export interface BlockLease {
  release(): void;
}

type Granted = (block: Buffer) => void;

/**
 * The few blocks that all large bodies of the process share. Whoever finds none free waits in line with its socket
 * paused, so a hundred agents that send megabytes at once cost no more than these blocks; and blocks are used again,
 * because the garbage of one per body would be many times as large.
 */
export class BodyBlocks {
  readonly blockBytes: number;
  readonly #waiting: Granted[] = [];
  readonly #free: Buffer[] = [];
  #unmade: number;

  constructor(count: number, blockBytes: number) {
    this.blockBytes = blockBytes;
    this.#unmade = count;
  }

  /** Calls `granted` as soon as a block is free, perhaps before it returns. The block is the caller's until released. */
  borrow(granted: Granted): BlockLease {
    let [held, released] = [null as Buffer | null, false];
    const take: Granted = block => {
      held = block;
      granted(block);
    };
    this.#waiting.push(take);
    this.#grant();
    return {
      release: () => {
        if (released) return;
        released = true;
        const place = this.#waiting.indexOf(take);
        if (place >= 0) this.#waiting.splice(place, 1);
        if (held !== null) this.#free.push(held);
        this.#grant();
      },
    };
  }

  #grant(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const block = this.#free.pop() ?? this.#make();
      if (block === null) return;
      this.#waiting.shift();
      next(block);
    }
  }

  #make(): Buffer | null {
    if (this.#unmade === 0) return null;
    this.#unmade--;
    return Buffer.allocUnsafeSlow(this.blockBytes);
  }
}
