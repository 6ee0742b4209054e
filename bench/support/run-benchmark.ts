import { Cleanup } from './cleanup.ts';
import { Failure } from './failure.ts';
import { say } from './progress.ts';

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Runs a benchmark and prints what it gives. Whatever it has started is ended then, and on Ctrl-C. */
export async function runBenchmark(run: (args: readonly string[], cleanup: Cleanup) => Promise<string>): Promise<void> {
  const cleanup = new Cleanup();
  let interrupted = false;
  const stop = async (code: number): Promise<void> => {
    if (interrupted) return; // a terminal and the launcher both tell
    interrupted = true;
    say('stopping what was started');
    await cleanup.run();
    process.exit(code);
  };
  for (const [signal, code] of Object.entries(EXIT_CODES)) process.on(signal, () => void stop(code));
  try {
    console.log(await run(process.argv.slice(2), cleanup));
  } catch (error) {
    // What was interrupted fails in many ways, and none of them is news.
    if (interrupted) return;
    console.error(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  } finally {
    await cleanup.run();
  }
}
