import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import { isInstant } from './instant.ts';

/** How times relative to now are written, for descriptions. */
export const RELATIVE = 'or relative to now: "now", "-90m", "-7d"';

/** An RFC 3339 time, or one relative to now. */
export function IsInstant(): PropertyDecorator {
  const defaultMessage = (): string => `must be an RFC 3339 time, such as 2026-11-20T10:00:00Z, ${RELATIVE}`;
  return ValidateBy({ name: 'isInstant', validator: { validate: isInstant, defaultMessage } });
}

/** Which time: from one instant on and before another. */
export class RangeQuery {
  @ApiPropertyOptional({
    description: `From this instant on: an RFC 3339 time, ${RELATIVE}. Default: 24 hours before "to".`,
    example: '2026-11-20T00:00:00Z',
  })
  @IsOptional()
  @IsInstant()
  readonly from?: string;

  @ApiPropertyOptional({
    description: `Before this instant: an RFC 3339 time, ${RELATIVE}. Default: now.`,
    example: '2026-11-20T12:00:00Z',
  })
  @IsOptional()
  @IsInstant()
  readonly to?: string;
}

/** The range that was read. */
export class StretchView {
  @ApiProperty({ format: 'date-time', example: '2026-11-20T00:00:00.000Z' })
  readonly from!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-20T12:00:00.000Z' })
  readonly to!: string;
}

/** The range that was read, and how fine. */
export class RangeView extends StretchView {
  @ApiProperty({ description: 'The time that a point is about.', example: '10m' })
  readonly resolution!: string;
}
