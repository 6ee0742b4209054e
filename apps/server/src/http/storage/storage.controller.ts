import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '#config';
import { cutOffsOf, Storage } from '#storage';
import { ServerInfo } from '../../server-info.ts';
import { Allow } from '../access/access-rule.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { decideRetention } from './decide-retention.ts';
import { presentDryRun, presentStorage } from './present-storage.ts';
import { RetentionDryRun, RetentionQuery, StorageReport } from './storage.dto.ts';

@ApiTags('server')
@Allow('server:read')
@Controller('api/v1/storage')
export class StorageController {
  private readonly storage: Storage;
  private readonly info: ServerInfo;
  private readonly clock: Clock;

  constructor(storage: Storage, info: ServerInfo, clock: Clock) {
    this.storage = storage;
    this.info = info;
    this.clock = clock;
  }

  @Get()
  @ApiOperation({ summary: 'What is kept, how long, how much it is, and what is dropped next' })
  @ApiOkResponse({ type: StorageReport })
  async read(): Promise<StorageReport> {
    return presentStorage(await this.storage.use.read(), this.info.retentionMs);
  }

  @Get('retention')
  @ApiOperation({ summary: 'What a retention would drop now; nothing is dropped by asking' })
  @ApiOkResponse({ type: RetentionDryRun })
  @ApiProblem(400, 'INVALID_REQUEST', 'INVALID_RETENTION')
  async tryRetention(@Query() query: RetentionQuery): Promise<RetentionDryRun> {
    const retention = decideRetention(query, this.info.retentionMs);
    const now = this.clock.now();
    return presentDryRun(await this.storage.retention.due(cutOffsOf(retention, now)), retention, now);
  }
}
