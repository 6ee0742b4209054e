import { ApiProperty } from '@nestjs/swagger';

/** What this server is and how it runs. */
export class Info {
  @ApiProperty({ example: 'distomon' })
  readonly name!: string;

  @ApiProperty({ example: '0.1.0' })
  readonly version!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-20T10:00:00.000Z' })
  readonly startedAt!: string;

  @ApiProperty({ format: 'date-time', description: "The server's clock.", example: '2026-11-20T10:05:00.000Z' })
  readonly now!: string;

  @ApiProperty({ type: 'integer', description: 'Length of a stored window in seconds.', example: 600 })
  readonly windowSeconds!: number;

  @ApiProperty({ description: 'The name under which this node observes.', example: 'local' })
  readonly observer!: string;

  @ApiProperty({ enum: ['embedded', 'external'] })
  readonly database!: 'embedded' | 'external';

  @ApiProperty({ enum: ['postgres', 'redis'], description: 'What carries the queues.' })
  readonly queue!: 'postgres' | 'redis';

  @ApiProperty({ example: 'http://127.0.0.1:3000' })
  readonly listensOn!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'Something the people who use it should know.' })
  readonly notice!: string | null;
}
