import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow } from '../access/access-rule.ts';
import { MachineLookup } from '../machines/machine-lookup.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { RANGE_PROBLEMS, RANGE_RULES, tableOf } from './api-history.ts';
import { HistoryAnswers } from './history-answers.ts';
import { Histories, HistoriesQuery, MetricHistory, MetricHistoryQuery } from './history.dto.ts';
import { MetricAnswers } from './metric-answers.ts';

@ApiTags('history')
@ApiExtraModels(Histories, MetricHistory)
@ApiParam({ name: 'network', example: 'local' })
@Allow('history:read')
@Controller('api/v1/networks/:network/metrics')
export class NetworkHistoryController {
  private readonly lookup: MachineLookup;
  private readonly answers: HistoryAnswers;
  private readonly metricAnswers: MetricAnswers;

  constructor(lookup: MachineLookup, answers: HistoryAnswers, metricAnswers: MetricAnswers) {
    this.lookup = lookup;
    this.answers = answers;
    this.metricAnswers = metricAnswers;
  }

  @Get()
  @ApiOperation({ summary: 'Several machines over time, oldest first', description: RANGE_RULES })
  @ApiOkResponse(tableOf(Histories))
  @ApiProblem(400, ...RANGE_PROBLEMS, 'UNKNOWN_METRIC')
  @ApiProblem(404, 'NETWORK_NOT_FOUND', 'MACHINE_NOT_FOUND')
  async several(
    @Param('network') network: string,
    @Query() query: HistoriesQuery,
    @Res() response: Response,
  ): Promise<void> {
    const machines = await Promise.all(query.machines.map(name => this.lookup.machine(network, name)));
    await this.answers.ofMachines(network, machines, query, response);
  }

  @Get(':metric')
  @ApiParam({ name: 'metric', example: 'cpu' })
  @ApiOperation({
    summary: 'One metric of all machines over time, from what is stored',
    description: RANGE_RULES,
  })
  @ApiOkResponse(tableOf(MetricHistory))
  @ApiProblem(400, ...RANGE_PROBLEMS)
  @ApiProblem(404, 'NETWORK_NOT_FOUND', 'UNKNOWN_METRIC')
  async metric(
    @Param('network') network: string,
    @Param('metric') metric: string,
    @Query() query: MetricHistoryQuery,
    @Res() response: Response,
  ): Promise<void> {
    await this.metricAnswers.send(this.lookup.network(network), metric, query, response);
  }
}
