import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMinSize, IsIn, IsOptional, Matches } from 'class-validator';
import { REASONS } from '#config';
import { IsLine } from '../auth/fields.ts';
import { namesOf } from '../history/names-of.ts';
import { IsInstant, RELATIVE } from '../history/range.dto.ts';
import { IsLimit, PAGE_LIMIT, PageView } from '../page/page.ts';
import { VERDICT_STATES } from '../state/state.dto.ts';

const KINDS = ['machine', 'service'] as const;

/** Which changes of state; all that is said has to hold. */
export class EventQuery {
  @IsLimit()
  readonly limit: number = PAGE_LIMIT;

  @ApiPropertyOptional({ description: 'The "next" of the page before; the rest as it was then.', example: '4711' })
  @IsOptional()
  @Matches(/^\d{1,15}$/, { message: 'must be the "next" of a page' })
  readonly cursor?: string;

  @ApiPropertyOptional({
    description: `From this instant on: an RFC 3339 time, ${RELATIVE}. Default: as far back as events are kept.`,
    example: '2026-11-20T00:00:00Z',
  })
  @IsOptional()
  @IsInstant()
  readonly from?: string;

  @ApiPropertyOptional({
    description: `Before this instant: an RFC 3339 time, ${RELATIVE}. Default: up to now.`,
    example: '2026-11-21T00:00:00Z',
  })
  @IsOptional()
  @IsInstant()
  readonly to?: string;

  @ApiPropertyOptional({
    description: 'Of the machine or service of this name, also of one that the network file does not name any more.',
    example: 'db-1',
  })
  @IsOptional()
  @IsLine(200)
  readonly machine?: string;

  @ApiPropertyOptional({ enum: KINDS, description: 'Only of machines, or only of services.' })
  @IsOptional()
  @IsIn(KINDS)
  readonly kind?: (typeof KINDS)[number];

  @ApiPropertyOptional({
    type: [String],
    enum: VERDICT_STATES,
    description: 'Only changes into one of these states, separated by commas.',
    example: ['down', 'degraded'],
  })
  @IsOptional()
  @Transform(({ value }) => namesOf(value))
  @ArrayMinSize(1, { message: 'must name at least one' })
  @IsIn(VERDICT_STATES, { each: true })
  readonly state?: (typeof VERDICT_STATES)[number][];
}

/** A change of state of a machine or a service. */
export class StateChange {
  @ApiProperty({ type: 'integer', description: 'Names this change, and never another one.', example: 4711 })
  readonly id!: number;

  @ApiProperty({ enum: KINDS, example: 'machine' })
  readonly kind!: (typeof KINDS)[number];

  @ApiProperty({ description: 'Name of the machine or service: what it is called now, or was last.', example: 'db-1' })
  readonly machine!: string;

  @ApiProperty({ description: 'The network file does not name it any more.', example: false })
  readonly removed!: boolean;

  @ApiProperty({ enum: VERDICT_STATES, nullable: true, description: 'null: its first state.', example: 'up' })
  readonly from!: (typeof VERDICT_STATES)[number] | null;

  @ApiProperty({ enum: VERDICT_STATES, example: 'down' })
  readonly to!: (typeof VERDICT_STATES)[number];

  @ApiProperty({ enum: REASONS, nullable: true, description: 'Why it is not reachable.', example: 'timeout' })
  readonly reason!: (typeof REASONS)[number] | null;

  @ApiProperty({
    description: 'Why, in a sentence for people.',
    example: 'timeout; 1 of 1 observers missed it 3 times in a row',
  })
  readonly because!: string;

  @ApiProperty({ format: 'date-time', description: 'When it changed.', example: '2026-11-20T10:00:00.000Z' })
  readonly at!: string;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description:
      'Seconds that the state before had lasted. null: there was none, or its beginning is not kept any more.',
    example: 86400,
  })
  readonly lastedSeconds!: number | null;
}

/** A page of changes of state. */
export class EventList extends PageView {
  @ApiProperty({ example: 'local' })
  readonly network!: string;

  @ApiProperty({ type: () => [StateChange], description: 'The newest first.' })
  readonly items!: StateChange[];
}
