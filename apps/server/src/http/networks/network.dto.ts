import { ApiProperty } from '@nestjs/swagger';

/** How many machines are in which state. */
export class MachineCounts {
  @ApiProperty({ type: 'integer', example: 5 })
  readonly total!: number;

  @ApiProperty({ type: 'integer', example: 4 })
  readonly up!: number;

  @ApiProperty({ type: 'integer', example: 0 })
  readonly degraded!: number;

  @ApiProperty({ type: 'integer', example: 1 })
  readonly down!: number;

  @ApiProperty({ type: 'integer', example: 0 })
  readonly unknown!: number;

  @ApiProperty({ type: 'integer', example: 0 })
  readonly maintenance!: number;
}

/** A network and its accepted version. */
export class Network {
  @ApiProperty({ example: 'local' })
  readonly network!: string;

  @ApiProperty({ type: 'integer', description: 'Version of the accepted network file.', example: 1 })
  readonly version!: number;

  @ApiProperty({ format: 'date-time', example: '2026-11-20T10:00:00.000Z' })
  readonly acceptedAt!: string;

  @ApiProperty({ description: 'Who changed it last.', example: 'file' })
  readonly author!: string;

  @ApiProperty({ type: () => MachineCounts })
  readonly machines!: MachineCounts;
}

/** The networks of this node. */
export class NetworkList {
  @ApiProperty({ type: () => [Network] })
  readonly items!: Network[];

  @ApiProperty({ type: 'string', nullable: true, example: null })
  readonly next!: string | null;
}
