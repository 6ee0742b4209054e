import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Storage, type StoredMachine } from '#storage';
import { ApiProblem } from '../problem/api-problem.ts';
import { Machine, MachineList, PageQuery } from './machine.dto.ts';
import { MachineLookup } from './machine-lookup.ts';
import { newestByMachine } from './newest-by-machine.ts';
import { presentMachine } from './present-machine.ts';

@ApiTags('machines')
@ApiParam({ name: 'network', example: 'local' })
@ApiProblem(404, 'NETWORK_NOT_FOUND', 'MACHINE_NOT_FOUND')
@Controller('api/v1/networks/:network/machines')
export class MachinesController {
  private readonly storage: Storage;
  private readonly lookup: MachineLookup;

  constructor(storage: Storage, lookup: MachineLookup) {
    this.storage = storage;
    this.lookup = lookup;
  }

  @Get()
  @ApiOperation({ summary: 'Machines with their verdicts and last values, by name' })
  @ApiOkResponse({ type: MachineList })
  @ApiProblem(400, 'INVALID_REQUEST')
  async list(@Param('network') network: string, @Query() page: PageQuery): Promise<MachineList> {
    const found = await this.storage.machines.page(this.lookup.network(network), page.cursor ?? null, page.limit + 1);
    const machines = found.slice(0, page.limit);
    const last = machines.at(-1);
    return {
      items: await this.present(machines),
      next: found.length > page.limit && last !== undefined ? last.name : null,
    };
  }

  @Get(':machine')
  @ApiParam({ name: 'machine', example: 'db-1' })
  @ApiOperation({ summary: 'One machine with its verdict and last values' })
  @ApiOkResponse({ type: Machine })
  async read(@Param('network') network: string, @Param('machine') name: string): Promise<Machine> {
    const machine = await this.lookup.machine(network, name);
    const [view] = await this.present([machine]);
    return view ?? presentMachine(machine, undefined, undefined);
  }

  private async present(machines: readonly StoredMachine[]): Promise<Machine[]> {
    const ids = machines.map(machine => machine.machineId);
    const [verdicts, latest] = await Promise.all([
      this.storage.verdicts.of(ids),
      this.storage.observations.latestOf(ids),
    ]);
    const verdictOf = new Map(verdicts.map(verdict => [verdict.machineId, verdict]));
    const latestOf = newestByMachine(latest);
    return machines.map(machine =>
      presentMachine(machine, verdictOf.get(machine.machineId), latestOf.get(machine.machineId)),
    );
  }
}
