import type { JobLog } from '#jobs';

interface Step {
  readonly name: string;
  readonly end: () => Promise<void>;
}

/** What has been started, so that it can be ended in the opposite order, once. */
export class Shutdown {
  private readonly log: JobLog;
  private readonly steps: Step[] = [];
  private running: Promise<void> | undefined;

  constructor(log: JobLog) {
    this.log = log;
  }

  /** Adds what has just been started. */
  add(name: string, end: () => Promise<void>): void {
    this.steps.push({ name, end });
  }

  /** Ends everything. A step that fails does not keep the others from ending. */
  run(): Promise<void> {
    this.running ??= this.endAll();
    return this.running;
  }

  private async endAll(): Promise<void> {
    for (const { name, end } of this.steps.toReversed()) {
      try {
        await end();
      } catch (error) {
        this.log.warn({ error }, `${name} did not end cleanly`);
      }
    }
  }
}
