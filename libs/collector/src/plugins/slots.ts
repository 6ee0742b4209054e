/** Lets so many through at once; the others wait in line, each as long as it likes. */
export class Slots {
  private free: number;
  private readonly waiting = new Set<() => void>();

  constructor(count: number) {
    this.free = count;
  }

  /** Resolves to whether the caller has a slot, which it then gives back; `false`: the signal was aborted before. */
  take(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    if (this.free > 0) {
      this.free -= 1;
      return Promise.resolve(true);
    }
    return new Promise(resolve => {
      const leave = (hasSlot: boolean): void => {
        this.waiting.delete(enter);
        signal.removeEventListener('abort', giveUp);
        resolve(hasSlot);
      };
      const enter = (): void => leave(true);
      const giveUp = (): void => leave(false);
      this.waiting.add(enter);
      signal.addEventListener('abort', giveUp);
    });
  }

  /** Gives a slot back: to whoever has waited longest. */
  release(): void {
    const [next] = this.waiting;
    if (next === undefined) this.free += 1;
    else next();
  }
}
