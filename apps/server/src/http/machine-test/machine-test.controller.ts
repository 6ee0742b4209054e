import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AgentTester } from '#collector';
import { Allow } from '../access/access-rule.ts';
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

  constructor(tester: AgentTester, lookup: MachineLookup) {
    this.tester = tester;
    this.lookup = lookup;
  }

  @Post()
  @HttpCode(200)
  @Allow('networks:write')
  @ApiParam({ name: 'network', example: 'local' })
  @ApiOperation({
    summary: 'Look at an agent once, before it is watched',
    description:
      'One request as a probe makes it, on a new connection, with the same limits: no redirects, at most 1 MiB. Nothing is stored, and of the answer nothing is given but what is listed below.',
  })
  @ApiOkResponse({ type: MachineTest })
  @ApiProblem(400, 'INVALID_REQUEST')
  @ApiProblem(404, 'NETWORK_NOT_FOUND')
  @ApiProblem(503, 'TOO_BUSY')
  async test(@Param('network') network: string, @Body() body: TestMachine): Promise<MachineTest> {
    this.lookup.network(network);
    const agent = { netdata: body.netdata, auth: body.auth ?? null, via: body.via ?? null };
    const result = await this.tester.test(agent, AbortSignal.timeout(PATIENCE_MS));
    return { reachable: result.reason === null, ...result };
  }
}
