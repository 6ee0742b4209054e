import { ServerProcess } from '../../test/support/server-process.ts';
import { say } from '../support/progress.ts';

/** A server that lives its usual life. */
export interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

/** Requests are counted as always, by whoever makes them; only the number that is too many lies out of reach. */
const ENVIRONMENT = { RATE_LIMIT: '1000000' };

/** Starts the built server, with this machine to watch, as the first start does. */
export async function serve(url: string): Promise<Served> {
  const server = await ServerProcess.create({ DATABASE_URL: url, ...ENVIRONMENT });
  try {
    await server.start();
  } catch (error) {
    await server.dispose();
    throw error;
  }
  say('the server runs');
  return { url: server.url, stop: () => server.dispose() };
}
