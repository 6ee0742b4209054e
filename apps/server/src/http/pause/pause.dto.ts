import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { IsLine } from '../auth/fields.ts';
import { IsTime } from '../tokens/token.dto.ts';

/** How a machine is to be paused. */
export class PauseMachine {
  @ApiPropertyOptional({
    type: 'string',
    format: 'date-time',
    nullable: true,
    default: null,
    description: 'When it is looked at again by itself; null: when somebody resumes it.',
    example: '2026-11-20T12:00:00Z',
  })
  @ValidateIf((_pause, value) => value !== undefined && value !== null)
  @IsTime()
  readonly until?: string | null;

  @ApiPropertyOptional({ type: 'string', nullable: true, default: null, maxLength: 500, example: 'new disks' })
  @ValidateIf((_pause, value) => value !== undefined && value !== null)
  @IsLine(500)
  readonly note?: string | null;
}

/** The pause of a machine. */
export class PauseView {
  @ApiProperty({ description: 'The e-mail address of who paused it.', example: 'alice@example.org' })
  readonly by!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-20T10:00:00.000Z' })
  readonly since!: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When it ends by itself; null: when somebody ends it.',
    example: '2026-11-20T12:00:00.000Z',
  })
  readonly until!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'new disks' })
  readonly note!: string | null;
}
