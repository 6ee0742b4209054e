import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '#config';
import { ServerInfo } from '../../server-info.ts';
import { Info } from './info.dto.ts';

/** Until accounts exist, everybody is told why the server cannot be reached from elsewhere. */
const LOOPBACK_NOTICE = 'There are no accounts yet, so this server listens on this machine only.';

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
  @ApiOperation({ summary: 'What this server is and how it runs' })
  @ApiOkResponse({ type: Info })
  read(): Info {
    const { version, startedAt, windowMs, observer, database, queue, listensOn } = this.info;
    return {
      name: 'distomon',
      version,
      startedAt: startedAt.toISOString(),
      now: this.clock.now().toISOString(),
      windowSeconds: windowMs / 1000,
      observer,
      database,
      queue,
      listensOn,
      notice: LOOPBACK_NOTICE,
    };
  }
}
