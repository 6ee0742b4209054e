import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Storage, type StoredMachine } from '#storage';
import { Allow } from '../access/access-rule.ts';
import { PageQuery, readPage } from '../page/page.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { MachinePauses } from '../pause/machine-pauses.ts';
import { Machine, MachineList } from './machine.dto.ts';
import { MachineLookup } from './machine-lookup.ts';
import { observationsOf } from './observations-of.ts';
import { presentMachine } from './present-machine.ts';

@ApiTags('machines')
@ApiParam({ name: 'network', example: 'local' })
@ApiProblem(404, 'NETWORK_NOT_FOUND', 'MACHINE_NOT_FOUND')
@Allow('metrics:read')
@Controller('api/v1/networks/:network/machines')
export class MachinesController {
  private readonly storage: Storage;
  private readonly lookup: MachineLookup;
  private readonly pauses: MachinePauses;

  constructor(storage: Storage, lookup: MachineLookup, pauses: MachinePauses) {
    this.storage = storage;
    this.lookup = lookup;
    this.pauses = pauses;
  }

  @Get()
  @ApiOperation({ summary: 'Machines with their verdicts, last values and checks, by name' })
  @ApiOkResponse({ type: MachineList })
  @ApiProblem(400, 'INVALID_REQUEST')
  async list(@Param('network') name: string, @Query() query: PageQuery): Promise<MachineList> {
    const network = this.lookup.network(name);
    const { items, next } = await readPage(
      query,
      (after, limit) => this.storage.machines.page(network, 'machine', after, limit),
      item => item.name,
    );
    return { items: await this.present(network, items), next };
  }

  @Get(':machine')
  @ApiParam({ name: 'machine', example: 'db-1' })
  @ApiOperation({ summary: 'One machine with its verdict, last values and checks' })
  @ApiOkResponse({ type: Machine })
  async read(@Param('network') network: string, @Param('machine') name: string): Promise<Machine> {
    const machine = await this.lookup.machine(network, name);
    const [view] = await this.present(network, [machine]);
    return view ?? presentMachine(machine, undefined, { latest: undefined, checks: [] });
  }

  private async present(network: string, machines: readonly StoredMachine[]): Promise<Machine[]> {
    const ids = machines.map(machine => machine.machineId);
    const [file, verdicts, observations, pauses] = await Promise.all([
      this.lookup.file(network),
      this.storage.verdicts.of(ids),
      this.storage.observations.latestOf(ids),
      this.pauses.of(ids),
    ]);
    const verdictOf = new Map(verdicts.map(verdict => [verdict.machineId, verdict]));
    const byMachine = Map.groupBy(observations, observation => observation.machineId);
    return machines.map(machine => {
      const seen = observationsOf(file, machine, byMachine.get(machine.machineId) ?? []);
      return presentMachine(machine, verdictOf.get(machine.machineId), seen, pauses.get(machine.machineId));
    });
  }
}
