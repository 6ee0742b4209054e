import type { StoredMachine, Storage } from '#storage';
import { ProblemException } from '../problem/problem.ts';
import { ServerInfo } from '../../server-info.ts';

/** Finds what a URL names, or says what is missing. */
export class MachineLookup {
  private readonly storage: Pick<Storage, 'machines'>;
  private readonly info: ServerInfo;

  constructor(storage: Pick<Storage, 'machines'>, info: ServerInfo) {
    this.storage = storage;
    this.info = info;
  }

  /** @throws ProblemException 404 `NETWORK_NOT_FOUND` */
  network(network: string): string {
    if (this.info.networks.includes(network)) return network;
    throw new ProblemException(
      404,
      'NETWORK_NOT_FOUND',
      `There is no network "${network}" here. There are: ${this.info.networks.join(', ')}.`,
    );
  }

  /** @throws ProblemException 404 `NETWORK_NOT_FOUND` or `MACHINE_NOT_FOUND` */
  async machine(network: string, name: string): Promise<StoredMachine> {
    const machine = await this.storage.machines.find(this.network(network), name);
    if (machine !== null) return machine;
    throw new ProblemException(404, 'MACHINE_NOT_FOUND', `There is no machine "${name}" in the network "${network}".`);
  }
}
