import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow } from '../access/access-rule.ts';
import { MachineLookup } from '../machines/machine-lookup.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { HistoryAnswers } from './history-answers.ts';
import { History, HistoryQuery } from './history.dto.ts';
import { RANGE_PROBLEMS, RANGE_RULES, tableOf } from './api-history.ts';

@ApiTags('history')
@ApiExtraModels(History)
@Controller('api/v1/networks/:network/machines/:machine/metrics')
export class HistoryController {
  private readonly lookup: MachineLookup;
  private readonly answers: HistoryAnswers;

  constructor(lookup: MachineLookup, answers: HistoryAnswers) {
    this.lookup = lookup;
    this.answers = answers;
  }

  @Get()
  @Allow('history:read')
  @ApiOperation({ summary: 'A machine over time, oldest first', description: RANGE_RULES })
  @ApiParam({ name: 'network', example: 'local' })
  @ApiParam({ name: 'machine', example: 'db-1' })
  @ApiOkResponse(tableOf(History))
  @ApiProblem(400, ...RANGE_PROBLEMS, 'UNKNOWN_METRIC')
  @ApiProblem(404, 'NETWORK_NOT_FOUND', 'MACHINE_NOT_FOUND')
  async read(
    @Param('network') network: string,
    @Param('machine') name: string,
    @Query() query: HistoryQuery,
    @Res() response: Response,
  ): Promise<void> {
    const machine = await this.lookup.machine(network, name);
    await this.answers.ofMachine(machine, query, response);
  }
}
