import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Principal } from '#auth';
import { Clock, servicesOf } from '#config';
import { Storage, type StoredMachine } from '#storage';
import { ServerInfo } from '../../server-info.ts';
import { Allow } from '../access/access-rule.ts';
import { Who } from '../access/who.ts';
import { decideRange, presentRange } from '../history/decide-range.ts';
import { RangeQuery } from '../history/range.dto.ts';
import { MachineLookup } from '../machines/machine-lookup.ts';
import { PageQuery, readPage } from '../page/page.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { newestOf } from '../state/newest-of.ts';
import { presentChecks } from './present-checks.ts';
import { presentService } from './present-service.ts';
import { ServiceFigures } from './service-figures.ts';
import { Service, ServiceChecks, ServiceList } from './service.dto.ts';

@ApiTags('services')
@ApiParam({ name: 'network', example: 'local' })
@Allow('metrics:read')
@Controller('api/v1/networks/:network/services')
export class ServicesController {
  private readonly storage: Storage;
  private readonly lookup: MachineLookup;
  private readonly figures: ServiceFigures;
  private readonly info: ServerInfo;
  private readonly clock: Clock;

  constructor(storage: Storage, lookup: MachineLookup, figures: ServiceFigures, info: ServerInfo, clock: Clock) {
    this.storage = storage;
    this.lookup = lookup;
    this.figures = figures;
    this.info = info;
    this.clock = clock;
  }

  @Get()
  @ApiOperation({ summary: 'Services with their verdicts and last checks, and how they were lately, by name' })
  @ApiOkResponse({ type: ServiceList })
  @ApiProblem(400, 'INVALID_REQUEST')
  @ApiProblem(404, 'NETWORK_NOT_FOUND')
  async list(
    @Param('network') name: string,
    @Query() query: PageQuery,
    @Who() viewer: Principal,
  ): Promise<ServiceList> {
    const network = this.lookup.network(name);
    const { items, next } = await readPage(
      query,
      (after, limit) => this.storage.machines.page(network, 'service', after, limit),
      item => item.name,
    );
    return { items: await this.present(network, items, viewer), next };
  }

  @Get(':service')
  @ApiParam({ name: 'service', example: 'shop' })
  @ApiOperation({ summary: 'One service with its verdict, last check and uptime' })
  @ApiOkResponse({ type: Service })
  @ApiProblem(404, 'NETWORK_NOT_FOUND', 'SERVICE_NOT_FOUND')
  async read(
    @Param('network') network: string,
    @Param('service') name: string,
    @Who() viewer: Principal,
  ): Promise<Service> {
    const service = await this.lookup.service(network, name);
    const [view] = await this.present(network, [service], viewer);
    if (view === undefined) throw this.lookup.missing('service', network, name);
    return view;
  }

  @Get(':service/checks')
  @Allow('history:read')
  @ApiParam({ name: 'service', example: 'shop' })
  @ApiOperation({ summary: 'How the checks of a service went, oldest first, one row for each window and observer' })
  @ApiOkResponse({ type: ServiceChecks })
  @ApiProblem(400, 'INVALID_REQUEST', 'INVALID_RANGE')
  @ApiProblem(404, 'NETWORK_NOT_FOUND', 'SERVICE_NOT_FOUND')
  async checks(
    @Param('network') network: string,
    @Param('service') name: string,
    @Query() query: RangeQuery,
  ): Promise<ServiceChecks> {
    const { machineId } = await this.lookup.service(network, name);
    const range = decideRange(query, this.info.windowMs, this.clock.now());
    const checks = await this.storage.observations.checksOf(machineId, range.from, range.to);
    return { network, service: name, ...presentRange(range, this.info.windowMs), ...presentChecks(checks) };
  }

  /** A service that the file of this moment does not name (any more) is left out. */
  private async present(network: string, services: readonly StoredMachine[], viewer: Principal): Promise<Service[]> {
    const ids = services.map(service => service.machineId);
    const seesPast = viewer.permissions.includes('history:read');
    const [file, figures, verdicts, observations] = await Promise.all([
      this.lookup.file(network),
      seesPast ? this.figures.of(network) : null,
      this.storage.verdicts.of(ids),
      this.storage.observations.latestOf(ids),
    ]);
    const monitorOf = new Map(servicesOf(file).map(monitor => [monitor.name, monitor]));
    const verdictOf = new Map(verdicts.map(verdict => [verdict.machineId, verdict]));
    const seen = Map.groupBy(observations, observation => observation.machineId);
    return services.flatMap(service => {
      const monitor = monitorOf.get(service.name);
      if (monitor === undefined) return [];
      const latest = newestOf(seen.get(service.machineId) ?? []);
      return [presentService(service, { monitor, verdict: verdictOf.get(service.machineId), latest, figures })];
    });
  }
}
