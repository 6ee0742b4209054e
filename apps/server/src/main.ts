import 'reflect-metadata';
import { hostname } from 'node:os';
import { AppError, ConfigurationError, Clock, formatProblems, settingsOfProcess, type Settings } from '#config';
import { isFirstStart, loadNodeFiles, writeFirstFiles, type NodeFiles } from './boot/node-files.ts';
import { createLogger } from './log.ts';

/** Exit codes: 1 it could not run, 2 its configuration is wrong. */
const FAILED = 1;
const MISCONFIGURED = 2;
/** Whoever stopped us waits 5 s. */
const STOP_TIMEOUT_MS = 4_800;

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
  const stopping = new AbortController();
  const starting = startServer(settings, files, logger, stopping.signal);

  const stop = (name: string): void => {
    if (stopping.signal.aborted) return; // a terminal, a launcher and a service manager may each send one
    logger.info({ signal: name }, 'stopping');
    stopping.abort(new Error('stopped while starting'));
    setTimeout(() => process.exit(FAILED), STOP_TIMEOUT_MS);
    void starting.then(server => server.stop(), ignore).then(() => process.exit(0));
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));

  const server = await starting.catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
    return new Promise<never>(() => {}); // stop() ends the process
  });
  const { renderBanner } = await import('./boot/banner.ts');
  process.stdout.write(`${renderBanner(server.info, settings, files.networks, server.firstAdmin)}\n`);
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
  return error instanceof AppError && error.code === 'WINDOW_MISMATCH' ? MISCONFIGURED : FAILED;
}

main().catch((error: unknown) => process.exit(explain(error)));
