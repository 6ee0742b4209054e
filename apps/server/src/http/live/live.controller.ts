import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Principal } from '#auth';
import { Clock } from '#config';
import { Storage } from '#storage';
import { Allow } from '../access/access-rule.ts';
import { Who } from '../access/who.ts';
import { MachineLookup } from '../machines/machine-lookup.ts';
import { ApiProblem, UNAVAILABLE } from '../problem/api-problem.ts';
import { ProblemException } from '../problem/problem.ts';
import { LiveAccess } from './live-access.ts';
import { LiveHub } from './live-hub.ts';
import { LiveQuery } from './live.dto.ts';
import { LiveSubscriber, STREAM_HEADERS } from './live-subscriber.ts';

/** Above this many machines a stream has to say which ones it wants. */
const MAX_UNNAMED_MACHINES = 300;

const EXAMPLE = `id: 17
event: hello
data: {"sequence":17,"at":"2026-11-20T10:00:00.000Z"}

id: 18
event: verdict
data: {"sequence":18,"network":"local","kind":"machine","machine":"db-1","from":"up","to":"down","reason":"timeout","because":"1 of 1 observers missed it 3 times: timeout","at":"2026-11-20T10:00:03.000Z"}

event: values
data: {"at":"2026-11-20T10:00:04.000Z","machines":{"web-1":{"cpu":12.5,"memory":40.1}}}
`;

@ApiTags('live')
@Controller('api/v1/live')
export class LiveController {
  private readonly hub: LiveHub;
  private readonly access: LiveAccess;
  private readonly lookup: MachineLookup;
  private readonly storage: Storage;
  private readonly clock: Clock;

  constructor(hub: LiveHub, access: LiveAccess, lookup: MachineLookup, storage: Storage, clock: Clock) {
    this.hub = hub;
    this.access = access;
    this.lookup = lookup;
    this.storage = storage;
    this.clock = clock;
  }

  @Get()
  @Allow('metrics:read')
  @ApiOperation({
    summary: 'Live values every second, and state changes as they happen (server-sent events)',
    description:
      'Agents are read every second only while somebody is subscribed. State changes have ids and resume by Last-Event-ID; values are never replayed. Services (kind "service") have state changes only. "hello" names the state change after which the stream goes on. When that is not the one you asked for, too much lies between: read the list of machines again. Without the permission history:read a stream always begins with what happens from now on. It ends within 10 s of your session or token, or when your account is changed. An account has at most 20 open.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    description: 'A stream of events: hello, verdict, values.',
    content: { 'text/event-stream': { schema: { type: 'string' }, example: EXAMPLE } },
  })
  @ApiProblem(400, 'INVALID_REQUEST', 'MACHINES_REQUIRED')
  @ApiProblem(404, 'NETWORK_NOT_FOUND', 'MACHINE_NOT_FOUND')
  @ApiProblem(429, 'TOO_MANY_STREAMS')
  @ApiProblem(503, 'TOO_MANY_STREAMS', ...UNAVAILABLE)
  async stream(
    @Query() query: LiveQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Who() viewer: Principal,
    @Res() response: Response,
  ): Promise<void> {
    const network = this.lookup.network(query.network);
    const machines = await this.machinesOf(network, query.machines);
    if (response.req.method === 'HEAD') return void response.set(STREAM_HEADERS).end();
    if (response.destroyed) return; // it went away meanwhile
    const subscriber = new LiveSubscriber({ accountId: viewer.accountId, network, machines }, response);
    this.access.watch(subscriber, viewer);
    response.once('close', () => {
      this.hub.leave(subscriber);
      this.access.forget(subscriber);
    });
    // What happened before is the past, also when it is told late.
    const lastSeen = viewer.permissions.includes('history:read') ? sequenceOf(lastEventId ?? query.after) : null;
    await this.hub.join(subscriber, lastSeen, this.clock.now().toISOString());
  }

  private async machinesOf(network: string, names: string | undefined): Promise<ReadonlySet<string> | null> {
    const known = await this.storage.machines.listWatched(network);
    if (names === undefined) {
      const machines = known.filter(({ kind }) => kind === 'machine');
      if (machines.length <= MAX_UNNAMED_MACHINES) return null;
      const detail = `The network has ${machines.length} machines; name those you want by "machines=" (at most ${MAX_UNNAMED_MACHINES} can be watched without).`;
      throw new ProblemException(400, 'MACHINES_REQUIRED', detail);
    }
    const wanted = new Set(names.split(',').filter(name => name !== ''));
    const missing = [...wanted].filter(name => !known.some(machine => machine.name === name));
    if (missing.length === 0) return wanted;
    throw new ProblemException(
      404,
      'MACHINE_NOT_FOUND',
      `There is no machine or service ${missing.map(name => `"${name}"`).join(', ')} in the network "${network}".`,
    );
  }
}

/** The sequence that an event id names; a foreign id means: start afresh. */
function sequenceOf(id: string | undefined): number | null {
  return id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : null;
}
