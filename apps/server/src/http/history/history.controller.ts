import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Clock } from '#config';
import { Storage } from '#storage';
import { ServerInfo } from '../../server-info.ts';
import { MachineLookup } from '../machines/machine-lookup.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { decideRange, presentRange } from './decide-range.ts';
import { History, HistoryQuery } from './history.dto.ts';
import { historyColumns, historyRows } from './present-history.ts';

@ApiTags('machines')
@Controller('api/v1/networks/:network/machines/:machine/metrics')
export class HistoryController {
  private readonly storage: Storage;
  private readonly lookup: MachineLookup;
  private readonly info: ServerInfo;
  private readonly clock: Clock;

  constructor(storage: Storage, lookup: MachineLookup, info: ServerInfo, clock: Clock) {
    this.storage = storage;
    this.lookup = lookup;
    this.info = info;
    this.clock = clock;
  }

  @Get()
  @ApiOperation({ summary: 'The stored rows of a machine, oldest first, one for each window' })
  @ApiParam({ name: 'network', example: 'local' })
  @ApiParam({ name: 'machine', example: 'db-1' })
  @ApiOkResponse({ type: History })
  @ApiProblem(400, 'INVALID_REQUEST', 'INVALID_RANGE')
  @ApiProblem(404, 'NETWORK_NOT_FOUND', 'MACHINE_NOT_FOUND')
  async read(
    @Param('network') network: string,
    @Param('machine') name: string,
    @Query() query: HistoryQuery,
  ): Promise<History> {
    const machine = await this.lookup.machine(network, name);
    const range = decideRange(query, this.info.windowMs, this.clock.now());
    const rows = await this.storage.metricRows.read(machine.machineId, range.from, range.to);
    const columns = historyColumns({ samples: query.samples === 'all', charts: query.charts ?? [] }, rows);
    return {
      network,
      machine: name,
      ...presentRange(range, this.info.windowMs),
      columns: columns.map(column => column.name),
      rows: historyRows(columns, rows),
    };
  }
}
