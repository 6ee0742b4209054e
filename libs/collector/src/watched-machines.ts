import type { NetworkFile } from '#config';
import type { AgentFacts, Storage, StoredMachine } from '#storage';

/** Machines and services by id. */
type ById = ReadonlyMap<number, StoredMachine>;

/**
 * The machines and services of each network as they are stored, listed once for each accepted version of its file: they
 * change only with it. What is learned about agents meanwhile goes through here.
 */
export class WatchedMachines {
  private readonly storage: Pick<Storage, 'machines'>;
  private readonly byFile = new WeakMap<NetworkFile, Promise<Map<number, StoredMachine>>>();

  constructor(storage: Pick<Storage, 'machines'>) {
    this.storage = storage;
  }

  /** Everything that the file names, in no order. */
  async of(file: NetworkFile): Promise<ById> {
    const known = this.byFile.get(file);
    if (known !== undefined) return known;
    const listed = this.list(file.networkId);
    this.byFile.set(file, listed);
    listed.catch(() => this.byFile.delete(file)); // a failed look is not remembered
    return listed;
  }

  /**
   * Those of these ids that there are. One that the list does not know (whoever gave its id has read a newer version of
   * the file) is looked up.
   */
  async byIds(file: NetworkFile, ids: readonly number[]): Promise<StoredMachine[]> {
    const known = await this.of(file);
    const unknown = ids.filter(id => !known.has(id));
    const found = unknown.length === 0 ? [] : await this.storage.machines.byIds(unknown);
    return [...ids.flatMap(id => known.get(id) ?? []), ...found];
  }

  /** Keeps what was learned about a machine's agent. */
  async rememberAgent(file: NetworkFile, machineId: number, facts: AgentFacts, at: Date): Promise<void> {
    await this.storage.machines.rememberAgent(machineId, facts, at);
    const known = await this.byFile.get(file);
    const machine = known?.get(machineId);
    if (machine !== undefined) known?.set(machineId, { ...machine, agent: facts });
  }

  private async list(network: string): Promise<Map<number, StoredMachine>> {
    const machines = await this.storage.machines.listWatched(network);
    return new Map(machines.map(machine => [machine.machineId, machine]));
  }
}
