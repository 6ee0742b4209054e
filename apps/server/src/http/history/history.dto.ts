import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsRFC3339 } from 'class-validator';

const MESSAGE = { message: 'must be an RFC 3339 time, such as 2026-11-20T10:00:00Z' };

/** An instant: a date of the calendar (strict ISO 8601 knows that there is no 30 February), a time and a zone. */
function IsInstant(): PropertyDecorator {
  return applyDecorators(IsISO8601({ strict: true, strictSeparator: true }, MESSAGE), IsRFC3339(MESSAGE));
}

/** Which rows of a machine. */
export class HistoryQuery {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'From this instant on. Default: 24 hours before "to".',
    example: '2026-11-20T00:00:00Z',
  })
  @IsOptional()
  @IsInstant()
  readonly from?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Before this instant. Default: now.',
    example: '2026-11-20T12:00:00Z',
  })
  @IsOptional()
  @IsInstant()
  readonly to?: string;

  @ApiPropertyOptional({ enum: ['all'], description: '"all": the samples and expected samples of each metric too.' })
  @IsOptional()
  @IsIn(['all'])
  readonly samples?: 'all';
}

/** Rows of a machine in columns: compact, oldest first, a row per window. */
export class History {
  @ApiProperty({ example: 'local' })
  readonly network!: string;

  @ApiProperty({ example: 'db-1' })
  readonly machine!: string;

  @ApiProperty({ description: 'Length of a window.', example: '10m' })
  readonly resolution!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-20T00:00:00.000Z' })
  readonly from!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-20T12:00:00.000Z' })
  readonly to!: string;

  @ApiProperty({
    type: [String],
    description:
      'What each place of a row is: "time" (start of the window), "reachable", "reason", "samples" (the least of the core metrics), "source", then avg, min and max of each metric. Percent, bytes, bytes/s, load, seconds.',
    example: ['time', 'reachable', 'reason', 'samples', 'source', 'cpu.avg', 'cpu.min', 'cpu.max'],
  })
  readonly columns!: string[];

  @ApiProperty({
    type: 'array',
    items: {
      type: 'array',
      items: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }] },
    },
    example: [['2026-11-20T10:00:00.000Z', true, null, 600, 'agent', 12.5, 3.1, 97.2]],
  })
  readonly rows!: (string | number | boolean | null)[][];
}
