import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '#config';
import { Storage, type AuditEntry } from '#storage';
import { Allow } from '../access/access-rule.ts';
import { readPage } from '../page/page.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { AuditList, AuditQuery, type AuditItem } from './audit.dto.ts';
import { parsePeriod } from './parse-period.ts';

@ApiTags('users')
@Controller('api/v1/audit')
export class AuditController {
  private readonly storage: Storage;
  private readonly clock: Clock;

  constructor(storage: Storage, clock: Clock) {
    this.storage = storage;
    this.clock = clock;
  }

  @Get()
  @Allow('audit:read')
  @ApiOperation({
    summary: 'Who did what to what, from where and when, newest first',
    description: 'Every sign-in, and every change of accounts. Entries are never changed or removed.',
  })
  @ApiOkResponse({ type: AuditList })
  @ApiProblem(400, 'INVALID_REQUEST')
  async list(@Query() { limit, cursor, from, to, ...named }: AuditQuery): Promise<AuditList> {
    const period = parsePeriod({ from, to }, this.clock.now());
    const { items, next } = await readPage(
      { limit, cursor },
      (before, atMost) =>
        this.storage.audit.page({
          before: before === null ? null : Number(before),
          limit: atMost,
          ...period,
          ...named,
        }),
      ({ auditId }) => String(auditId),
    );
    return { items: items.map(entry => presentEntry(entry)), next };
  }
}

function presentEntry(entry: AuditEntry): AuditItem {
  return {
    id: entry.auditId,
    at: entry.at.toISOString(),
    actor: entry.actor,
    accountId: entry.accountId,
    via: entry.via,
    address: entry.address,
    action: entry.action,
    subject: entry.subject,
    details: { ...entry.details },
  };
}
