import type { BlockLease, BodyBlocks } from './body-blocks.ts';

/** Every honest probe and 10-minute window is smaller: such a body never waits. */
export const SMALL_BYTES = 64 * 1024;
const FIRST_BYTES = 8 * 1024;

/**
 * Collects one body: a small one in memory of its own that doubles, a large one in a shared block. Keeping the pieces
 * instead would let an agent that sends a byte at a time cost us a hundred bytes for each.
 */
export class Body {
  readonly #blocks: BodyBlocks;
  #memory: Buffer;
  #length = 0;
  #lease: BlockLease | null = null;

  /** @param announcedBytes its Content-Length; NaN when there is none. */
  constructor(blocks: BodyBlocks, announcedBytes: number) {
    this.#blocks = blocks;
    this.#memory = Buffer.allocUnsafe(announcedBytes <= SMALL_BYTES ? announcedBytes : FIRST_BYTES);
  }

  get length(): number {
    return this.#length;
  }

  /** What was collected, not copied: it is gone after {@link release}. */
  get bytes(): Buffer {
    return this.#memory.subarray(0, this.#length);
  }

  /**
   * @param resume called later when the caller has to wait.
   * @returns whether more may come now; if not, nothing but what is already under way may be appended until `resume`.
   */
  append(piece: Uint8Array, resume: () => void): boolean {
    const needed = this.#length + piece.length;
    if (needed > this.#memory.length)
      this.#moveTo(Buffer.allocUnsafe(Math.max(needed, Math.min(2 * this.#memory.length, SMALL_BYTES))));
    this.#memory.set(piece, this.#length);
    this.#length = needed;
    return needed <= SMALL_BYTES || this.reserve(resume);
  }

  /** Asks for a shared block ahead of a body that is announced as large. Returns and resumes like {@link append}. */
  reserve(resume: () => void): boolean {
    if (this.#lease !== null) return this.#memory.length === this.#blocks.blockBytes;
    return this.#enlarge(resume);
  }

  release(): void {
    this.#lease?.release();
    this.#memory = Buffer.alloc(0);
    this.#length = 0;
  }

  #enlarge(resume: () => void): boolean {
    let [granted, waiting] = [false, false];
    this.#lease = this.#blocks.borrow(block => {
      granted = true;
      this.#moveTo(block);
      if (waiting) resume();
    });
    waiting = !granted;
    return granted;
  }

  #moveTo(larger: Buffer): void {
    this.#memory.copy(larger, 0, 0, this.#length);
    this.#memory = larger;
  }
}
