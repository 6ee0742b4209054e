import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '#config';
import { Storage, type AuditEntry } from '#storage';
import { Allow } from '../access/access-rule.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { AuditList, AuditQuery, type AuditItem } from './audit.dto.ts';
import { decideStretch } from './decide-stretch.ts';

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
    const stretch = decideStretch(
      { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
      this.clock.now(),
    );
    const before = cursor === undefined ? null : Number(cursor);
    // One more than is wanted tells whether anything follows.
    const found = await this.storage.audit.page({ before, limit: limit + 1, ...stretch, ...named });
    const items = found.slice(0, limit).map(entry => presentEntry(entry));
    return { items, next: found.length > limit ? String(items.at(-1)?.id) : null };
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
