import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { IsLine } from '../auth/fields.ts';
import { IsInstant, RELATIVE } from '../history/range.dto.ts';
import { IsLimit, PAGE_LIMIT, PageView } from '../page/page.ts';

/** Which entries; all that is said has to hold. */
export class AuditQuery {
  @IsLimit()
  readonly limit: number = PAGE_LIMIT;

  @ApiPropertyOptional({ description: 'The "next" of the page before; the rest as it was then.', example: '4711' })
  @IsOptional()
  @Matches(/^\d{1,15}$/, { message: 'must be the "next" of a page' })
  readonly cursor?: string;

  @ApiPropertyOptional({
    description: `From this instant on: an RFC 3339 time, ${RELATIVE}.`,
    example: '2026-11-20T00:00:00Z',
  })
  @IsOptional()
  @IsInstant()
  readonly from?: string;

  @ApiPropertyOptional({
    description: `Before this instant: an RFC 3339 time, ${RELATIVE}.`,
    example: '2026-11-21T00:00:00Z',
  })
  @IsOptional()
  @IsInstant()
  readonly to?: string;

  @ApiPropertyOptional({ description: 'What was done.', example: 'session.begin' })
  @IsOptional()
  @Matches(/^[a-z_]{1,40}\.[a-z_]{1,40}$/, { message: 'must be the name of an action, such as session.begin' })
  readonly action?: string;

  @ApiPropertyOptional({ description: 'Who did it: an e-mail address, or "server".', example: 'alice@example.org' })
  @IsOptional()
  @IsLine(254)
  readonly actor?: string;

  @ApiPropertyOptional({ description: 'To what.', example: 'account:17' })
  @IsOptional()
  @IsLine(200)
  readonly subject?: string;
}

/** Something that was done. */
export class AuditItem {
  @ApiProperty({ type: 'integer', description: 'Later entries have higher ones.', example: 4711 })
  readonly id!: number;

  @ApiProperty({ format: 'date-time', description: 'When it was done.', example: '2026-11-20T10:00:00.000Z' })
  readonly at!: string;

  @ApiProperty({
    description: 'Who did it: an e-mail address, "server", or what somebody unknown called themselves.',
    example: 'alice@example.org',
  })
  readonly actor!: string;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The account that did it, which may be gone by now; null: none, or none that is known.',
    example: 17,
  })
  readonly accountId!: number | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'By what it was signed in: "session:<id>", "token:<id>", "link" or "server"; null: not at all.',
    example: 'session:0f8fad5b-d9cb-469f-a165-70867728950e',
  })
  readonly via!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'From which address.', example: '192.0.2.7' })
  readonly address!: string | null;

  @ApiProperty({ description: 'What was done; the names stay.', example: 'account.change' })
  readonly action!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'To what: "account:<id>", "session:<id>", "token:<id>"; null: nothing in particular.',
    example: 'account:18',
  })
  readonly subject!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What else is worth knowing; it differs by action.',
    example: { role: 'admin' },
  })
  readonly details!: Record<string, unknown>;
}

/** A page of the audit log, newest first. */
export class AuditList extends PageView {
  @ApiProperty({ type: () => [AuditItem], description: 'The newest first.' })
  readonly items!: AuditItem[];
}
