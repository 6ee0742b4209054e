import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, runIfPossible, runLines } from './host-command.ts';
import type { AgentNames, ClusterNames } from './names.ts';

/** What can be done to the cable of one agent. */
export class Cable {
  readonly #cluster: ClusterNames;
  readonly #agent: AgentNames;
  #wire: ChildProcess | null = null;

  constructor(cluster: ClusterNames, agent: AgentNames) {
    this.#cluster = cluster;
    this.#agent = agent;
  }

  /** Unplugs it at the bridge; the agent keeps its own end and its address. */
  async unplug(): Promise<void> {
    await run('ip', 'link', 'set', this.#agent.port, 'down');
  }

  async plugIn(): Promise<void> {
    await run('ip', 'link', 'set', this.#agent.port, 'up');
  }

  /** Drops `percent` of the frames, each way, between the agent and everybody. */
  async lose(percent: number): Promise<void> {
    const { table } = this.#cluster;
    await this.stopLosing();
    await run('nft', 'add', 'table', 'bridge', table);
    for (const hook of HOOKS) {
      const chain = `${this.#agent.name}_${hook}`;
      const drop = `numgen random mod 100 < ${percent} drop`;
      await run('nft', `add chain bridge ${table} ${chain} { type filter hook ${hook} priority 0; }`);
      if (hook !== 'output') await run('nft', `add rule bridge ${table} ${chain} iifname ${this.#agent.port} ${drop}`);
      if (hook !== 'input') await run('nft', `add rule bridge ${table} ${chain} oifname ${this.#agent.port} ${drop}`);
    }
  }

  async stopLosing(): Promise<void> {
    for (const hook of HOOKS) {
      await runIfPossible('nft', 'delete', 'chain', 'bridge', this.#cluster.table, `${this.#agent.name}_${hook}`);
    }
  }

  /** Lets every frame take `ms` longer, each way: puts a slow wire between the agent's port and the bridge. */
  async slowDown(ms: number): Promise<void> {
    await this.speedUp();
    const { port, wireEnd, wirePort, namespace } = this.#agent;
    await run('ip', 'link', 'add', wireEnd, 'type', 'veth', 'peer', 'name', wirePort);
    // The wire forwards bytes, so they must be whole frames with the checksums really in them.
    await run('ip', 'netns', 'exec', namespace, 'ethtool', '-K', 'eth0', ...NO_OFFLOAD);
    for (const end of [port, wireEnd, wirePort]) await run('ethtool', '-K', end, ...NO_OFFLOAD);
    await run('ip', 'link', 'set', port, 'nomaster');
    await run('ip', 'link', 'set', wirePort, 'master', this.#cluster.bridge, 'up');
    await run('ip', 'link', 'set', wireEnd, 'up');
    await this.#introduce();
    await this.#startWire(ms);
  }

  /** Both ends know each other's Ethernet address for good: ARP gives up after three seconds, as no far host's router does. */
  async #introduce(): Promise<void> {
    const { namespace, address } = this.#agent;
    const { bridge, gateway } = this.#cluster;
    const agentsOwn = etherAddress(await run('ip', '-n', namespace, '-o', 'link', 'show', 'eth0'));
    const bridgesOwn = etherAddress(await run('ip', '-o', 'link', 'show', bridge));
    await runLines('ip', [
      `neigh replace ${address} lladdr ${agentsOwn} dev ${bridge} nud permanent`,
      `-n ${namespace} neigh replace ${gateway} lladdr ${bridgesOwn} dev eth0 nud permanent`,
    ]);
  }

  async #startWire(ms: number): Promise<void> {
    const { port, wireEnd, name } = this.#agent;
    const { directory } = this.#cluster;
    const script = join(import.meta.dirname, 'wire.py');
    const wire = spawn('python3', [script, port, wireEnd, String(ms), directory], {
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#wire = wire;
    await writeFile(join(directory, `${name}-wire.pid`), String(wire.pid));
    const [said] = await Promise.race([once(wire.stdout, 'data'), once(wire, 'exit').then(() => [null])]);
    if (said === null) throw new Error(`the wire of ${name} ended at its start`);
  }

  async speedUp(): Promise<void> {
    if (!this.#wire) return;
    const gone = once(this.#wire, 'exit');
    this.#wire.stdin?.end();
    await gone;
    this.#wire = null;
    const { wireEnd, port, address, namespace } = this.#agent;
    await runLines('ip', [
      `link del ${wireEnd}`,
      `link set ${port} master ${this.#cluster.bridge} up`,
      `neigh del ${address} dev ${this.#cluster.bridge}`,
      `-n ${namespace} neigh del ${this.#cluster.gateway} dev eth0`,
    ]);
  }

  async repair(): Promise<void> {
    await this.speedUp();
    await this.stopLosing();
    await this.plugIn();
  }
}

/** The address in a line of `ip link`. */
function etherAddress(line: string): string {
  const address = /link\/ether (\S+)/.exec(line)?.[1];
  if (!address) throw new Error(`no Ethernet address in: ${line}`);
  return address;
}

/** On a bridge, what the host itself sends and receives passes `output` and `input`; only what others say, `forward`. */
const HOOKS = ['input', 'output', 'forward'] as const;

const NO_OFFLOAD = ['tx', 'off', 'gso', 'off', 'tso', 'off', 'gro', 'off'];
