import { ApiProperty } from '@nestjs/swagger';
import { PageView } from '../page/page.ts';

const METHODS = ['password', 'google', 'setup', 'invite', 'reset'] as const;

/** A browser that is signed in. */
export class SessionItem {
  @ApiProperty({ description: 'Names it; gives no access.', example: '0f8fad5b-d9cb-469f-a165-70867728950e' })
  readonly id!: string;

  @ApiProperty({ enum: METHODS, description: 'How it was signed in.', example: 'password' })
  readonly method!: (typeof METHODS)[number];

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'From which address it was signed in.',
    example: '192.0.2.7',
  })
  readonly address!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'What the browser calls itself.',
    example: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  })
  readonly userAgent!: string | null;

  @ApiProperty({ format: 'date-time', description: 'When it was signed in.', example: '2026-11-20T10:00:00.000Z' })
  readonly createdAt!: string;

  @ApiProperty({
    format: 'date-time',
    description: 'When it was last used, to the minute.',
    example: '2026-11-20T11:30:00.000Z',
  })
  readonly lastUsedAt!: string;

  @ApiProperty({ format: 'date-time', description: 'When it ends at the latest.', example: '2026-12-20T10:00:00.000Z' })
  readonly expiresAt!: string;

  @ApiProperty({ description: 'Whether it is the one that asks.', example: true })
  readonly current!: boolean;
}

/** Your own sessions. */
export class SessionList extends PageView {
  @ApiProperty({ type: () => [SessionItem], description: 'Those that are still good.' })
  readonly items!: SessionItem[];
}
