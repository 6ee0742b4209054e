/** What has been started, ended in the opposite order: when the benchmark is over, and on Ctrl-C. */
export class Cleanup {
  readonly #steps: (() => Promise<void>)[] = [];

  /** Gives back what it was given, so that a start and its end stand in one line. */
  add<T extends { stop(): Promise<void> }>(started: T): T {
    this.#steps.push(() => started.stop());
    return started;
  }

  /** Whatever fails to end does not keep the others from ending. */
  async run(): Promise<void> {
    for (const step of this.#steps.splice(0).toReversed()) {
      await step().catch((error: unknown) => console.error(error));
    }
  }
}
