import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Readiness, type ReadinessReport } from './readiness.ts';

@ApiTags('server')
@Controller()
export class HealthController {
  private readonly readiness: Readiness;

  constructor(readiness: Readiness) {
    this.readiness = readiness;
  }

  @Get('healthz')
  @ApiOperation({ summary: 'Alive: the process answers' })
  @ApiOkResponse({ schema: { example: { ok: true } } })
  alive(): { ok: true } {
    return { ok: true };
  }

  @Get('readyz')
  @ApiOperation({ summary: 'Ready: database, queue and schedulers work' })
  @ApiOkResponse({ schema: { example: { database: { ok: true }, queue: { ok: true }, scheduler: { ok: true } } } })
  @ApiResponse({ status: 503, description: 'At least one check failed; the answer says which and why.' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<ReadinessReport> {
    const report = await this.readiness.check();
    if (!Object.values(report).every(check => check.ok)) response.status(503);
    return report;
  }
}
