import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '#auth';
import { Storage } from '#storage';
import { ServerInfo } from '../../server-info.ts';
import { Allow } from '../access/access-rule.ts';
import { Who } from '../access/who.ts';
import { presentCounts } from '../state/present-state.ts';
import { NetworkList, type Network } from './network.dto.ts';
import { visibleNetworks } from './require-network.ts';

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
  @Allow('metrics:read')
  @ApiOperation({
    summary: 'The networks of this node that you may see, with how many machines and services are in which state',
  })
  @ApiOkResponse({ type: NetworkList })
  async list(@Who() viewer: Principal): Promise<NetworkList> {
    const networks = visibleNetworks(this.info.networks, viewer);
    const items = await Promise.all(networks.map(network => this.present(network)));
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
