import { setTimeout as sleep } from 'node:timers/promises';
import { People } from '../../test/e2e/people.ts';
import { startFakeAgents } from '../../test/support/hostile-agents.ts';
import { ServerProcess } from '../../test/support/server-process.ts';
import { Cleanup } from '../support/cleanup.ts';
import { Failure } from '../support/failure.ts';
import { say } from '../support/progress.ts';

/** A server that watches machines, and somebody who may see all of it. */
export interface Scene {
  readonly url: string;
  /** Of an admin who is signed in. */
  readonly cookie: string;
  stop(): Promise<void>;
}

const NETWORK = 'bench';
const PROBED_TIMEOUT_MS = 60_000;

/** The built server with a database of its own, and so many machines whose values differ with every second. */
export async function openScene(machines: number): Promise<Scene> {
  const own = new Cleanup();
  try {
    const agents = own.add(await startFakeAgents({ count: machines }));
    const server = await ServerProcess.create({ RATE_LIMIT: '0' });
    own.add({ stop: () => server.dispose() });
    await server.network(fileOf(agents.urls));
    await server.start();
    await untilUp(server, machines);
    say(`the server runs, its ${machines} machines are up`);
    return { url: server.url, cookie: await adminOf(server.url), stop: () => own.run() };
  } catch (error) {
    await own.run();
    throw error;
  }
}

/** The session of the admin that every server of a test knows. */
export async function adminOf(url: string): Promise<string> {
  return (await People.of(url)).admin.cookie;
}

function fileOf(urls: readonly string[]): string {
  const lines = urls.map((url, i) => `  - { name: ${nameOf(i)}, netdata: "${url}", labels: { tier: ${tierOf(i)} } }\n`);
  return `network_id: ${NETWORK}\nversion: 1\nmachines:\n${lines.join('')}`;
}

/** Of one of the machines, the first of which is 0. */
export function nameOf(machine: number): string {
  return `m${String(machine + 1).padStart(5, '0')}`;
}

const tierOf = (machine: number): string => ['web', 'db', 'worker'][machine % 3] ?? '';

async function untilUp(server: ServerProcess, machines: number): Promise<void> {
  const deadline = performance.now() + PROBED_TIMEOUT_MS;
  for (;;) {
    const { items } = await server.api<{ items: { machines: { up: number } }[] }>('/api/v1/networks');
    const up = items[0]?.machines.up ?? 0;
    if (up === machines) return;
    if (performance.now() > deadline) throw new Failure(`only ${up} of ${machines} machines are up after a minute`);
    await sleep(250);
  }
}
