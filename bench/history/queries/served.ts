import { setTimeout as sleep } from 'node:timers/promises';
import { openStorage } from '#storage';
import { ServerProcess } from '../../../test/support/server-process.ts';
import { Agents } from '../../support/agents/agents.ts';
import { Cleanup } from '../../support/cleanup.ts';
import { Failure } from '../../support/failure.ts';
import { makeRoomForFiles } from '../../support/open-files.ts';
import { say } from '../../support/progress.ts';
import { query } from '../../support/database.ts';
import { moveMachines, NETWORK } from '../fill/network.ts';
import type { MachineName } from './draw.ts';

/** A server that lives its usual life on a filled database: every machine has an agent that answers. */
export interface Served {
  readonly server: ServerProcess;
  readonly machines: readonly MachineName[];
  stop(): Promise<void>;
}

const PROBED_TIMEOUT_MS = 60_000;

/** Starts the agents and the built server, and waits until each machine has been probed. */
export async function serve(
  url: string,
  machines: number,
  environment: Readonly<Record<string, string>>,
): Promise<Served> {
  const own = new Cleanup();
  try {
    const agents = own.add(await Agents.start({ machines, connectionsEach: 2, openFiles: makeRoomForFiles(machines) }));
    const text = await prepare(url, agents.urls);
    const server = await ServerProcess.create({ DATABASE_URL: url, RATE_LIMIT: '0', ...environment });
    own.add({ stop: () => server.dispose() });
    await server.network(text);
    await server.start();
    await untilProbed(url, machines);
    return { server, machines: await machinesOf(url), stop: () => own.run() };
  } catch (error) {
    await own.run();
    throw error;
  }
}

/** A database that was left some time ago begins anew here: what it missed meanwhile would be closed and asked for first. */
async function prepare(url: string, agents: readonly string[]): Promise<string> {
  const storage = await openStorage({ url, applicationName: 'distomon-bench' });
  try {
    const text = await moveMachines(storage, agents, new Date());
    await query(url, 'delete from window_task');
    return text;
  } finally {
    await storage.close();
  }
}

async function untilProbed(url: string, machines: number): Promise<void> {
  const [before] = await query<{ at: Date }>(url, 'select now() as at');
  const deadline = performance.now() + PROBED_TIMEOUT_MS;
  for (;;) {
    const [row] = await query<{ probed: number }>(
      url,
      'select count(*)::integer as probed from latest where reason is null and observed_at > $1',
      [before?.at],
    );
    if ((row?.probed ?? 0) >= machines) return;
    if (performance.now() > deadline)
      throw new Failure(`only ${row?.probed ?? 0} of ${machines} machines were probed within a minute`);
    await sleep(500);
  }
}

async function machinesOf(url: string): Promise<MachineName[]> {
  const rows = await query<{ machine_id: number; name: string }>(
    url,
    `select machine_id, name from machine where network = $1 and removed_at is null order by machine_id`,
    [NETWORK],
  );
  say(`the server runs, its ${rows.length} machines are probed every 10 s`);
  return rows.map(({ machine_id: machineId, name }) => ({ machineId, name }));
}
