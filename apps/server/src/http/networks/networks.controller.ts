import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Storage } from '#storage';
import { ServerInfo } from '../../server-info.ts';
import { presentCounts } from '../state/present-state.ts';
import { NetworkList, type Network } from './network.dto.ts';

@ApiTags('networks')
@Controller('api/v1/networks')
export class NetworksController {
  private readonly storage: Storage;
  private readonly info: ServerInfo;

  constructor(storage: Storage, info: ServerInfo) {
    this.storage = storage;
    this.info = info;
  }

  @Get()
  @ApiOperation({ summary: 'The networks of this node, with how many machines and services are in which state' })
  @ApiOkResponse({ type: NetworkList })
  async list(): Promise<NetworkList> {
    const items = await Promise.all(this.info.networks.map(network => this.present(network)));
    return { items: items.filter(item => item !== null), next: null };
  }

  private async present(network: string): Promise<Network | null> {
    const [current, machines, services] = await Promise.all([
      this.storage.networks.current(network),
      this.storage.verdicts.counts(network, 'machine'),
      this.storage.verdicts.counts(network, 'service'),
    ]);
    if (current === null) return null;
    return {
      network,
      version: current.version,
      acceptedAt: current.acceptedAt.toISOString(),
      author: current.author,
      machines: presentCounts(machines),
      services: presentCounts(services),
    };
  }
}
