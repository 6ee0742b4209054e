import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow } from '../access/access-rule.ts';
import { LocalToo } from '../access/local-request.ts';
import { PrometheusMetrics } from './prometheus-metrics.ts';

@ApiTags('server')
@Controller('metrics')
export class PrometheusController {
  private readonly metrics: PrometheusMetrics;

  constructor(metrics: PrometheusMetrics) {
    this.metrics = metrics;
  }

  @Get()
  @Allow('server:read')
  @LocalToo()
  @ApiOperation({
    summary: "distomon's own figures, for Prometheus",
    description:
      'A Prometheus on the same machine, which asks localhost and no proxy, needs no token, unless PUBLIC_URL, TRUST_PROXY or LISTEN says that a proxy is to be expected.',
  })
  @ApiProduces('text/plain')
  @ApiOkResponse({
    content: {
      'text/plain': { schema: { type: 'string' }, example: 'distomon_machines{network="local",state="up"} 5\n' },
    },
  })
  async read(@Res() response: Response): Promise<void> {
    const text = await this.metrics.render();
    response.set('content-type', this.metrics.contentType).send(text);
  }
}
