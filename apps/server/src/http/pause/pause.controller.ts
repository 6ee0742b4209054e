import { Body, Controller, Delete, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { actorOf, type Principal } from '#auth';
import { Clock } from '#config';
import { Allow } from '../access/access-rule.ts';
import { originOf } from '../access/origin.ts';
import { Who } from '../access/who.ts';
import { MachineLookup } from '../machines/machine-lookup.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { invalidRequest } from '../problem/problem.ts';
import { MachinePauses } from './machine-pauses.ts';
import { PauseMachine, PauseView } from './pause.dto.ts';
import { presentPause } from './present-pause.ts';

@ApiTags('editing')
@ApiParam({ name: 'network', example: 'local' })
@ApiParam({ name: 'machine', example: 'db-1' })
@ApiProblem(404, 'NETWORK_NOT_FOUND', 'MACHINE_NOT_FOUND')
@Allow('networks:write')
@Controller('api/v1/networks/:network/machines/:machine/pause')
export class PauseController {
  private readonly lookup: MachineLookup;
  private readonly pauses: MachinePauses;
  private readonly clock: Clock;

  constructor(lookup: MachineLookup, pauses: MachinePauses, clock: Clock) {
    this.lookup = lookup;
    this.pauses = pauses;
    this.clock = clock;
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Pause a machine: nobody looks at it, and its state is maintenance',
    description:
      'It is not probed, its windows are not read and uptime leaves the time out. Paused again, it gets the new end and note. The network file does not change.',
  })
  @ApiOkResponse({ type: PauseView })
  @ApiProblem(400, 'INVALID_REQUEST')
  async pause(
    @Param('network') network: string,
    @Param('machine') name: string,
    @Body() body: PauseMachine,
    @Who() principal: Principal,
    @Req() request: Request,
  ): Promise<PauseView | null> {
    const machine = await this.lookup.machine(network, name);
    const until = typeof body.until === 'string' ? new Date(body.until) : null;
    if (until !== null && until <= this.clock.now()) throw invalidRequest('until', 'must lie ahead');
    const wish = { until, note: body.note ?? null };
    return presentPause(await this.pauses.begin(machine, wish, actorOf(principal, originOf(request))));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Resume a machine: the next probe says how it is' })
  @ApiNoContentResponse({ description: 'Also when it was not paused.' })
  async resume(
    @Param('network') network: string,
    @Param('machine') name: string,
    @Who() principal: Principal,
    @Req() request: Request,
  ): Promise<void> {
    const machine = await this.lookup.machine(network, name);
    await this.pauses.end(machine, actorOf(principal, originOf(request)));
  }
}
