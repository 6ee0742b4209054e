import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { REASONS } from '#config';
import { RangeQuery, StretchView } from '../history/range.dto.ts';
import { IsLimit, PAGE_LIMIT } from '../page/page.ts';

const CONCLUSIONS = ['network', 'agent', 'distomon', 'no_data'] as const;

/** Which gaps. */
export class GapQuery extends RangeQuery {
  @IsLimit()
  readonly limit: number = PAGE_LIMIT;

  @ApiPropertyOptional({ description: 'The "next" of the page before; "from" and "to" as they were then.' })
  @IsOptional()
  @Matches(/^\d{1,15}$/, { message: 'must be the "next" of a page' })
  readonly cursor?: string;
}

/** Windows in a row that could not be read when they closed, with one reason and one outcome. */
export class Gap {
  @ApiProperty({ format: 'date-time', example: '2026-11-20T10:00:00.000Z' })
  readonly from!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-20T10:30:00.000Z' })
  readonly to!: string;

  @ApiProperty({ type: 'integer', example: 3 })
  readonly windows!: number;

  @ApiProperty({ enum: REASONS, example: 'timeout' })
  readonly reason!: (typeof REASONS)[number];

  @ApiProperty({
    format: 'date-time',
    description: 'When the first of these windows was found to be unreachable.',
    example: '2026-11-20T10:10:37.000Z',
  })
  readonly noticedAt!: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: "When values came, from the machine's own memory; of several windows the last. Null: there are none.",
    example: '2026-11-20T10:31:02.000Z',
  })
  readonly filledAt!: string | null;

  @ApiProperty({
    enum: CONCLUSIONS,
    nullable: true,
    description:
      'What it turned out to be: "network" (the machine was alive, what lies between was not), "agent" (alive, and its agent answered wrongly), "distomon" (which was not there itself), "no_data" (the machine has nothing of that time either). Null: nobody knows yet.',
    example: 'network',
  })
  readonly conclusion!: (typeof CONCLUSIONS)[number] | null;
}

/** A page of gaps, newest first. */
export class GapList extends StretchView {
  @ApiProperty({ example: 'local' })
  readonly network!: string;

  @ApiProperty({ example: 'db-1' })
  readonly machine!: string;

  @ApiProperty({ type: () => [Gap] })
  readonly items!: Gap[];

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Pass it as "cursor" for the next page; null: this was the last.',
    example: null,
  })
  readonly next!: string | null;
}
