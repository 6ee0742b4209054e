import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run, runIfPossible, runLines } from './host-command.ts';
import { MOST_MACHINES } from './truth.ts';
import { agentNames, clusterNames, type AgentNames, type ClusterNames } from './names.ts';

/** Makes the bridge; its end in the root namespace is the gateway. */
export async function createBridge({ bridge, gateway }: ClusterNames): Promise<void> {
  // A bridge without an address of its own takes the lowest of its ports', which changes when a port joins, and then
  // nobody's ARP table is right any more.
  const last = gateway.split('.').map(part => Number(part).toString(16).padStart(2, '0'));
  await runLines('ip', [
    `link add ${bridge} address 02:${last.join(':')}:01 type bridge`,
    `link set ${bridge} up`,
    `addr add ${gateway}/24 dev ${bridge}`,
  ]);
}

/** Makes an agent's namespace and joins it to the bridge. */
export async function createNamespace({ bridge }: ClusterNames, agent: AgentNames): Promise<void> {
  await runLines('ip', [
    `netns add ${agent.namespace}`,
    `link add ${agent.port} type veth peer name eth0 netns ${agent.namespace}`,
    `link set ${agent.port} master ${bridge} up`,
    `-n ${agent.namespace} addr add ${agent.address}/24 dev eth0`,
    `-n ${agent.namespace} link set lo up`,
    `-n ${agent.namespace} link set eth0 up`,
  ]);
}

/**
 * Removes whatever a cluster of this name left on the host, in the right order: processes, namespaces, cables, bridge,
 * packet filter, files. Nothing else is touched. Safe to call at any time, also twice.
 */
export async function removeCluster(name: string, subnet: string): Promise<void> {
  const names = clusterNames(name, subnet);
  const agents = Array.from({ length: MOST_MACHINES }, (_, at) => agentNames(name, subnet, at + 1));
  await killRecorded(names.directory);
  for (const agent of agents) await removeAgent(agent);
  await runIfPossible('ip', 'link', 'del', names.bridge);
  await runIfPossible('nft', 'delete', 'table', 'bridge', names.table);
  await rm(names.directory, { recursive: true, force: true, maxRetries: 5 });
}

async function removeAgent(agent: AgentNames): Promise<void> {
  const inside = (await runIfPossible('ip', 'netns', 'pids', agent.namespace)).split('\n').filter(Boolean);
  for (const pid of inside) killQuietly(Number(pid));
  await runIfPossible('ip', 'netns', 'del', agent.namespace);
  await runIfPossible('ip', 'link', 'del', agent.wireEnd);
  await runIfPossible('ip', 'link', 'del', agent.port);
}

/** Kills what recorded itself in a `*.pid` file. */
async function killRecorded(directory: string): Promise<void> {
  const files = await readdir(directory).catch(() => []);
  for (const file of files.filter(name => name.endsWith('.pid'))) {
    const pid = await recordedProcess(directory, file);
    if (pid !== null && pid !== process.pid) killQuietly(pid);
  }
}

/** The living process that recorded itself in this file; `null` also when the number is somebody else's by now. */
export async function recordedProcess(directory: string, file: string): Promise<number | null> {
  const pid = Number(await readFile(join(directory, file), 'utf8').catch(() => ''));
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.includes(directory) ? pid : null;
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone: that is what was wanted.
  }
}

/** A block device of this host that an agent takes for a physical disk. */
export async function physicalDisk(): Promise<string> {
  const devices = await readdir('/sys/block');
  const disk = devices.find(device => !/^(loop|ram|zram|dm-|md|sr|fd)/.test(device));
  if (!disk) throw new Error('this host has no physical disk in /sys/block');
  return disk;
}

/** Whether the kernel lets us make namespaces and filter on a bridge; tried, because being root is not enough. */
export async function networkProblem(): Promise<string | null> {
  const name = `dmlab${process.pid % 10_000}`;
  try {
    await run('ip', 'link', 'add', name, 'type', 'bridge');
    await run('nft', 'add', 'table', 'bridge', name);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await runIfPossible('nft', 'delete', 'table', 'bridge', name);
    await runIfPossible('ip', 'link', 'del', name);
  }
}
