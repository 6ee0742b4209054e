import { hashOf, parseNetworkFile, servicesOf } from '#config';
import { BUILT_IN_KINDS } from '#collector';
import type { Storage } from '#storage';

export const NETWORK = 'bench';
/** The monitor that reads the machines' metrics. */
export const MONITOR = 'agents';
/** Nobody listens there; nobody is asked either, until the server runs with the agents of that run. */
const NOWHERE = 'http://127.0.0.1:9';

/** The network file of machines with these agents. */
function networkText(agents: readonly string[], version: number): string {
  const machines = agents.map((url, i) => `  - { name: ${machineName(i + 1)}, netdata: "${url}" }\n`);
  const monitor = `  - { name: ${MONITOR}, kind: netdata, interval: 10s, timeout: 3s }\n`;
  return `network_id: ${NETWORK}\nversion: ${version}\nmachines:\n${machines.join('')}monitors:\n${monitor}`;
}

function machineName(number: number): string {
  return `m${String(number).padStart(5, '0')}`;
}

/** Makes the machines, as if they had been watched since `at`. */
export async function addMachines(storage: Storage, machines: number, at: Date): Promise<void> {
  await accept(
    storage,
    networkText(
      Array.from({ length: machines }, () => NOWHERE),
      1,
    ),
    at,
  );
}

/** Gives the machines the agents of this run. Resolves with the text that the server's file has to have. */
export async function moveMachines(storage: Storage, agents: readonly string[], at: Date): Promise<string> {
  const current = await storage.networks.current(NETWORK);
  const same = networkText(agents, current?.version ?? 0);
  if (current?.text === same) return same;
  const text = networkText(agents, (current?.version ?? 0) + 1);
  await accept(storage, text, at);
  return text;
}

async function accept(storage: Storage, text: string, at: Date): Promise<void> {
  const file = parseNetworkFile(text, 'network.yml', BUILT_IN_KINDS);
  const outcome = await storage.networks.acceptVersion({
    network: NETWORK,
    text,
    hash: hashOf(text),
    author: 'benchmark',
    at,
    version: file.version,
    expectedVersion: file.version === 1 ? null : file.version - 1,
    machines: file.machines,
    services: servicesOf(file).map(({ name }) => name),
  });
  if (outcome !== 'accepted') throw new Error(`the network of the benchmark is ${outcome}`);
}
