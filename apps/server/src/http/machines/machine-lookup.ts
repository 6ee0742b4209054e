import type { NetworkFile } from '#config';
import type { MachineKind, StoredMachine, Storage } from '#storage';
import type { NetworkFiles } from '../../networks/network-files.ts';
import { requireNetwork } from '../networks/require-network.ts';
import { ProblemException } from '../problem/problem.ts';
import { ServerInfo } from '../../server-info.ts';

/** Where things are looked up. */
interface LookupSources {
  readonly storage: Pick<Storage, 'machines'>;
  readonly info: ServerInfo;
  readonly networkFiles: Pick<NetworkFiles, 'current'>;
}

const MISSING: Readonly<Record<MachineKind, string>> = { machine: 'MACHINE_NOT_FOUND', service: 'SERVICE_NOT_FOUND' };

/** Finds what a URL names, or says what is missing. */
export class MachineLookup {
  private readonly sources: LookupSources;

  constructor(sources: LookupSources) {
    this.sources = sources;
  }

  /**
   * A network that there is. Whether the caller may see it was decided before: see `AccessGuard`.
   *
   * @throws ProblemException 404 `NETWORK_NOT_FOUND`
   */
  network(network: string): string {
    return requireNetwork(this.sources.info.networks, network, { networks: null });
  }

  /**
   * The accepted file of a network.
   *
   * @throws ProblemException 404 `NETWORK_NOT_FOUND`
   */
  async file(network: string): Promise<NetworkFile> {
    const file = await this.sources.networkFiles.current(this.network(network));
    if (file !== null) return file;
    throw new ProblemException(404, 'NETWORK_NOT_FOUND', `No version of the network "${network}" is accepted yet.`);
  }

  /** @throws ProblemException 404 `NETWORK_NOT_FOUND` or `MACHINE_NOT_FOUND` */
  async machine(network: string, name: string): Promise<StoredMachine> {
    return await this.find(network, 'machine', name);
  }

  /** @throws ProblemException 404 `NETWORK_NOT_FOUND` or `SERVICE_NOT_FOUND` */
  async service(network: string, name: string): Promise<StoredMachine> {
    return await this.find(network, 'service', name);
  }

  /** What is said of a name that is not there. */
  missing(kind: MachineKind, network: string, name: string): ProblemException {
    return new ProblemException(404, MISSING[kind], `There is no ${kind} "${name}" in the network "${network}".`);
  }

  private async find(network: string, kind: MachineKind, name: string): Promise<StoredMachine> {
    const found = await this.sources.storage.machines.find(this.network(network), kind, name);
    if (found === null) throw this.missing(kind, network, name);
    return found;
  }
}
