import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsOptional, IsRFC3339 } from 'class-validator';

const MESSAGE = { message: 'must be an RFC 3339 time, such as 2026-11-20T10:00:00Z' };

/** An instant: a date of the calendar (strict ISO 8601 knows that there is no 30 February), a time and a zone. */
function IsInstant(): PropertyDecorator {
  return applyDecorators(IsISO8601({ strict: true, strictSeparator: true }, MESSAGE), IsRFC3339(MESSAGE));
}

/** Which windows: those that start from one instant on and before another. */
export class RangeQuery {
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
}

/** The range that was read, and how fine. */
export class RangeView {
  @ApiProperty({ description: 'Length of a window.', example: '10m' })
  readonly resolution!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-20T00:00:00.000Z' })
  readonly from!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-20T12:00:00.000Z' })
  readonly to!: string;
}
