import { startEmbeddedPostgres } from '../../../libs/storage/src/embedded/embedded-postgres.ts';

/**
 * A program that owns an embedded PostgreSQL: prints one line of JSON when it runs, or the error that it got, passes on
 * the log, and stops on SIGTERM.
 */
const say = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

try {
  const dataDirectory = process.argv[3] ?? '';
  const postgres = await startEmbeddedPostgres({ dataDirectory, fast: true, log: line => say({ log: line }) });
  process.once('SIGTERM', () => void postgres.stop().then(() => process.exit(0)));
  say({ url: postgres.url });
} catch (error) {
  say({ error });
}
