import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Principal } from '#auth';
import { Clock } from '#config';
import { ServerInfo } from '../../server-info.ts';
import { Allow } from '../access/access-rule.ts';
import { isInsecure } from '../access/insecure.ts';
import { Who } from '../access/who.ts';
import { visibleNetworks } from '../networks/require-network.ts';
import { Info } from './info.dto.ts';

const INSECURE_NOTICE =
  'You look at this server without TLS: everybody between you and it can read your password and your session. Put a proxy with TLS before it.';

@ApiTags('server')
@Controller('api/v1/info')
export class InfoController {
  private readonly info: ServerInfo;
  private readonly clock: Clock;

  constructor(info: ServerInfo, clock: Clock) {
    this.info = info;
    this.clock = clock;
  }

  @Get()
  @Allow('metrics:read')
  @ApiOperation({ summary: 'What this server is and how it runs' })
  @ApiOkResponse({ type: Info })
  read(@Req() request: Request, @Who() viewer: Principal): Info {
    const { version, startedAt, windowMs, databaseDirectory, queue, listensOn } = this.info;
    return {
      name: 'distomon',
      version,
      startedAt: startedAt.toISOString(),
      now: this.clock.now().toISOString(),
      windowSeconds: windowMs / 1000,
      observer: this.observersFor(viewer),
      database: databaseDirectory === null ? 'external' : 'embedded',
      queue,
      listensOn,
      notice: isInsecure(request) ? INSECURE_NOTICE : null,
    };
  }

  /** Its names in the networks that the viewer may see; it is the same one nearly always. */
  private observersFor(viewer: Principal): string {
    const { networks, observers } = this.info;
    const names = visibleNetworks(networks, viewer).map(network => observers.get(network) ?? '');
    return [...new Set(names)].join(', ');
  }
}
