import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { actorOf, noteOf, type Actor, type Principal } from '#auth';
import { AgentTester } from '#collector';
import { Clock } from '#config';
import { Storage } from '#storage';
import { Allow } from '../access/access-rule.ts';
import { originOf } from '../access/origin.ts';
import { Who } from '../access/who.ts';
import { MachineLookup } from '../machines/machine-lookup.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { MachineTest, TestMachine } from './machine-test.dto.ts';

/** Two requests of four seconds each; the process that looks gives up before. */
const PATIENCE_MS = 10_000;

@ApiTags('editing')
@Controller('api/v1/networks/:network/machines/test')
export class MachineTestController {
  private readonly tester: AgentTester;
  private readonly lookup: MachineLookup;
  private readonly storage: Storage;
  private readonly clock: Clock;

  constructor(tester: AgentTester, lookup: MachineLookup, storage: Storage, clock: Clock) {
    this.tester = tester;
    this.lookup = lookup;
    this.storage = storage;
    this.clock = clock;
  }

  @Post()
  @HttpCode(200)
  @Allow('networks:write')
  @ApiParam({ name: 'network', example: 'local' })
  @ApiOperation({
    summary: 'Look at an agent once, before it is watched',
    description:
      'One request as a probe makes it, on a new connection, with the same limits: no redirects, at most 1 MiB. Of the answer nothing is stored, and nothing is given but what is listed below. A test with a secret stands in the audit log.',
  })
  @ApiOkResponse({ type: MachineTest })
  @ApiProblem(400, 'INVALID_REQUEST')
  @ApiProblem(404, 'NETWORK_NOT_FOUND')
  @ApiProblem(503, 'TOO_BUSY')
  async test(
    @Param('network') network: string,
    @Body() body: TestMachine,
    @Who() principal: Principal,
    @Req() request: Request,
  ): Promise<MachineTest> {
    this.lookup.network(network);
    await this.noteSecret(network, body, actorOf(principal, originOf(request)));
    const agent = { netdata: body.netdata, auth: body.auth ?? null, via: body.via ?? null };
    const result = await this.tester.test(agent, AbortSignal.timeout(PATIENCE_MS));
    return { reachable: result.reason === null, ...result };
  }

  /** Where a secret goes is written down before it goes there. */
  private async noteSecret(network: string, { netdata, auth, via }: TestMachine, by: Actor): Promise<void> {
    if (auth === undefined || auth === null) return;
    const about = { subject: `network:${network}`, details: { netdata, auth, via: via ?? null } };
    await this.storage.audit.write(noteOf(this.clock.now(), by, 'machine.test', about));
  }
}
