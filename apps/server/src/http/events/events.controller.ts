import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Clock } from '#config';
import { Storage, type StateEvent } from '#storage';
import { Allow } from '../access/access-rule.ts';
import { parsePeriod } from '../audit/parse-period.ts';
import { MachineLookup } from '../machines/machine-lookup.ts';
import { readPage } from '../page/page.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { EventList, EventQuery, type StateChange } from './event.dto.ts';

@ApiTags('history')
@Controller('api/v1/networks/:network/events')
export class EventsController {
  private readonly storage: Storage;
  private readonly lookup: MachineLookup;
  private readonly clock: Clock;

  constructor(storage: Storage, lookup: MachineLookup, clock: Clock) {
    this.storage = storage;
    this.lookup = lookup;
    this.clock = clock;
  }

  @Get()
  @Allow('history:read')
  @Header('Cache-Control', 'private, no-cache')
  @ApiOperation({
    summary: 'When the state of machines and services changed, from what to what and why, newest first',
    description:
      'As far back as events are kept, which `GET /api/v1/storage` tells. What happens meanwhile does not move the pages that follow.',
  })
  @ApiParam({ name: 'network', example: 'local' })
  @ApiOkResponse({ type: EventList })
  @ApiProblem(400, 'INVALID_REQUEST')
  @ApiProblem(404, 'NETWORK_NOT_FOUND')
  async list(
    @Param('network') name: string,
    @Query() { limit, cursor, from, to, state, ...named }: EventQuery,
  ): Promise<EventList> {
    const network = this.lookup.network(name);
    const period = parsePeriod({ from, to }, this.clock.now());
    const wish = { network, ...period, ...named, ...(state === undefined ? {} : { states: state }) };
    const { items, next } = await readPage(
      { limit, cursor },
      (before, atMost) =>
        this.storage.events.page({ ...wish, before: before === null ? null : Number(before), limit: atMost }),
      ({ eventId }) => String(eventId),
    );
    return { network, items: items.map(presentEvent), next };
  }
}

function presentEvent({ eventId, at, ...event }: StateEvent): StateChange {
  return { id: eventId, ...event, at: at.toISOString() };
}
