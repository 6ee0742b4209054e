import type { JobLog } from '#jobs';

/** No step may hold up the others longer than this; what takes longer as a whole is cut off by the process itself. */
const STEP_MS = 2_500;

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
        await withinTime(end());
      } catch (error) {
        this.log.warn({ error }, `${name} did not end cleanly`);
      }
    }
  }
}

async function withinTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${STEP_MS} ms`)), STEP_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
