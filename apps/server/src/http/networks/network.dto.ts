import { ApiProperty } from '@nestjs/swagger';
import { StateCounts } from '../state/state.dto.ts';

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

  @ApiProperty({ type: () => StateCounts })
  readonly machines!: StateCounts;

  @ApiProperty({ type: () => StateCounts })
  readonly services!: StateCounts;
}

/** The networks of this node. */
export class NetworkList {
  @ApiProperty({ type: () => [Network] })
  readonly items!: Network[];

  @ApiProperty({ type: 'string', nullable: true, example: null })
  readonly next!: string | null;
}
