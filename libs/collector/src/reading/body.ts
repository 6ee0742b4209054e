import type { BlockLease, BodyBlocks } from './body-blocks.ts';

/** Every honest probe and 10-minute window is smaller: such a body never waits. */
export const SMALL_BYTES = 64 * 1024;
const FIRST_BYTES = 8 * 1024;

/**
 * Collects one body: a small one in memory of its own, a large one in a shared block. Keeping the pieces
 * for longer than the wait for a block would let an agent that sends a byte at a time cost us a hundred bytes for each.
 */
export class Body {
  readonly #blocks: BodyBlocks;
  #memory: Buffer;
  #length = 0;
  #lease: BlockLease | null = null;
  /** Pieces that came before the block they go into. */
  #held: Uint8Array[] = [];

  /** @param announcedBytes its Content-Length; NaN when there is none. */
  constructor(blocks: BodyBlocks, announcedBytes: number) {
    this.#blocks = blocks;
    this.#memory = Buffer.allocUnsafe(announcedBytes <= SMALL_BYTES ? announcedBytes : FIRST_BYTES);
  }

  /** Everything that has come, held pieces included. */
  get length(): number {
    return this.#held.reduce((sum, piece) => sum + piece.length, this.#length);
  }

  /** What was collected, not copied: it is gone after {@link release}. */
  get bytes(): Buffer {
    return this.#memory.subarray(0, this.#length);
  }

  /**
   * @param resume called later when the caller has to wait.
   * @returns whether the piece was copied and more may come now; if not, it is held as it is, and nothing but what is
   *   already under way may be appended until `resume`.
   */
  append(piece: Uint8Array, resume: () => void): boolean {
    if (this.#length + piece.length <= SMALL_BYTES && this.#lease === null) {
      this.#write(piece);
      return true;
    }
    this.#held.push(piece);
    if (!this.reserve(resume)) return false;
    this.#flush();
    return true;
  }

  /** Asks for a shared block ahead of a body that is announced as large. Returns and resumes like {@link append}. */
  reserve(resume: () => void): boolean {
    if (this.#lease !== null) return this.#hasBlock;
    return this.#enlarge(resume);
  }

  release(): void {
    this.#lease?.release();
    this.#memory = Buffer.alloc(0);
    this.#held = [];
    this.#length = 0;
  }

  get #hasBlock(): boolean {
    return this.#memory.length === this.#blocks.blockBytes;
  }

  #enlarge(resume: () => void): boolean {
    let [granted, waiting] = [false, false];
    this.#lease = this.#blocks.borrow(block => {
      granted = true;
      this.#moveTo(block);
      this.#flush();
      if (waiting) resume();
    });
    waiting = !granted;
    return granted;
  }

  #flush(): void {
    for (const piece of this.#held.splice(0)) this.#write(piece);
  }

  #write(piece: Uint8Array): void {
    const needed = this.#length + piece.length;
    if (needed > this.#memory.length) this.#moveTo(Buffer.allocUnsafe(SMALL_BYTES));
    this.#memory.set(piece, this.#length);
    this.#length = needed;
  }

  #moveTo(larger: Buffer): void {
    this.#memory.copy(larger, 0, 0, this.#length);
    this.#memory = larger;
  }
}
