import 'reflect-metadata';
import { hostname } from 'node:os';
import { ConfigurationError, Clock, formatProblems, settingsOfProcess, type Settings } from '#config';
import { isFirstStart, loadNodeFiles, writeFirstFiles, type NodeFiles } from './boot/node-files.ts';
import { createLogger } from './log.ts';

/** Exit codes: 1 it could not run, 2 its configuration is wrong. */
const FAILED = 1;
const MISCONFIGURED = 2;

/** Reads everything that people write before anything is started or written, so that a mistake costs nothing. */
async function loadConfiguration(): Promise<{ settings: Settings; files: NodeFiles }> {
  const settings = settingsOfProcess();
  if (await isFirstStart(settings)) {
    const { findLocalAgent } = await import('#collector');
    const clock = new Clock();
    await writeFirstFiles(settings, { name: hostname(), agent: await findLocalAgent(clock), at: clock.now() });
  }
  return { settings, files: await loadNodeFiles(settings) };
}

async function main(): Promise<void> {
  const { settings, files } = await loadConfiguration();
  const logger = createLogger(settings.logLevel);
  const { startServer } = await import('./boot/start-server.ts');
  const starting = startServer(settings, files, logger);

  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return; // a terminal and a parent may both send it
    stopping = true;
    logger.info({ signal }, 'stopping');
    void starting.then(server => server.stop(), ignore).then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  const server = await starting;
  const { renderBanner } = await import('./boot/banner.ts');
  process.stdout.write(`${renderBanner(server.info, settings, files.networks)}\n`);
}

/** A start that failed while it was being stopped has ended what it had started. */
function ignore(): void {}

/** Says what is wrong, for a person, and gives the exit code. */
function explain(error: unknown): number {
  if (error instanceof ConfigurationError) {
    process.stderr.write(`${formatProblems(error.problems)}\n`);
    return MISCONFIGURED;
  }
  process.stderr.write(`distomon could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  return FAILED;
}

main().catch((error: unknown) => process.exit(explain(error)));
