/**
 * Collects a body in one block that doubles. Keeping the chunks instead would let an agent that sends one byte at a
 * time cost us a hundred bytes for each.
 */
export class GrowingBuffer {
  #block: Buffer;
  #length = 0;

  constructor(firstBytes: number) {
    this.#block = Buffer.allocUnsafeSlow(Math.max(firstBytes, 1));
  }

  get length(): number {
    return this.#length;
  }

  append(chunk: Uint8Array): void {
    const needed = this.#length + chunk.length;
    if (needed > this.#block.length) this.#grow(Math.max(needed, this.#block.length * 2));
    this.#block.set(chunk, this.#length);
    this.#length = needed;
  }

  /** What was collected, not copied: append nothing afterwards. */
  take(): Buffer {
    return this.#block.subarray(0, this.#length);
  }

  #grow(bytes: number): void {
    const larger = Buffer.allocUnsafeSlow(bytes);
    this.#block.copy(larger, 0, 0, this.#length);
    this.#block = larger;
  }
}
