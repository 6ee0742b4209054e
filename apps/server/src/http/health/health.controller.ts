import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../access/access-rule.ts';
import { Uncounted } from '../access/uncounted.ts';
import { Alive, ReadinessReport } from './health.dto.ts';
import { Readiness } from './readiness.ts';

@ApiTags('server')
@Public()
@Uncounted()
@Controller()
export class HealthController {
  private readonly readiness: Readiness;

  constructor(readiness: Readiness) {
    this.readiness = readiness;
  }

  @Get('healthz')
  @ApiOperation({ summary: 'Alive: the process answers' })
  @ApiOkResponse({ type: Alive })
  alive(): Alive {
    return { ok: true };
  }

  @Get('readyz')
  @ApiOperation({ summary: 'Ready: database, queue and schedulers work' })
  @ApiOkResponse({ type: ReadinessReport })
  @ApiResponse({
    status: 503,
    type: ReadinessReport,
    description: 'At least one check failed; the answer says which; why, the log says.',
  })
  async ready(@Res({ passthrough: true }) response: Response): Promise<ReadinessReport> {
    const report = await this.readiness.check();
    if (!Object.values(report).every(check => check.ok)) response.status(503);
    return report;
  }
}
