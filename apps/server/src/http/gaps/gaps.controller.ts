import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Clock } from '#config';
import { Storage, type GapStretch } from '#storage';
import { ServerInfo } from '../../server-info.ts';
import { Allow } from '../access/access-rule.ts';
import { decideRange } from '../history/decide-range.ts';
import { MachineLookup } from '../machines/machine-lookup.ts';
import { readPage } from '../page/page.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { GapList, GapQuery, type Gap } from './gap.dto.ts';

/** Some twenty-two months of ten minutes; should all of them be gaps, they are read in some 100 ms. */
const MAX_WINDOWS = 100_000;

@ApiTags('history')
@Controller('api/v1/networks/:network/machines/:machine/gaps')
export class GapsController {
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
  @Allow('history:read')
  @Header('Cache-Control', 'private, no-cache')
  @ApiOperation({
    summary: 'When a machine could not be read, why, and what it turned out to be, newest first',
    description: 'Of the windows that start within the range; a gap that reaches beyond it is cut there.',
  })
  @ApiParam({ name: 'network', example: 'local' })
  @ApiParam({ name: 'machine', example: 'db-1' })
  @ApiOkResponse({ type: GapList })
  @ApiProblem(400, 'INVALID_REQUEST', 'INVALID_RANGE')
  @ApiProblem(404, 'NETWORK_NOT_FOUND', 'MACHINE_NOT_FOUND')
  async list(
    @Param('network') network: string,
    @Param('machine') name: string,
    @Query() query: GapQuery,
  ): Promise<GapList> {
    const { machineId } = await this.lookup.machine(network, name);
    const { windowMs } = this.info;
    const { from, to } = decideRange(query, windowMs, this.clock.now(), MAX_WINDOWS);
    const { items, next } = await readPage(
      query,
      (cursor, limit) => {
        const before = cursor === null ? to : new Date(Math.min(to.getTime(), Number(cursor)));
        return this.storage.series.gaps({ machineId, from, to: before, windowMs }, limit);
      },
      gap => String(gap.from.getTime()),
    );
    const range = { from: from.toISOString(), to: to.toISOString() };
    return { network, machine: name, ...range, items: items.map(presentGap), next };
  }
}

function presentGap({ from, to, windows, reason, noticedAt, filledAt, conclusion }: GapStretch): Gap {
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    windows,
    reason,
    noticedAt: noticedAt.toISOString(),
    filledAt: filledAt?.toISOString() ?? null,
    conclusion,
  };
}
