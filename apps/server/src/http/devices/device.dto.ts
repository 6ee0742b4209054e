import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { REASONS } from '#config';
import { IsLine } from '../auth/fields.ts';
import { CELLS } from '../history/history.dto.ts';
import { RangeQuery, RangeView } from '../history/range.dto.ts';

const MAX_NAME = 255;
const KINDS = ['mount', 'interface'] as const;

/** A mounted file system as it is now. */
export class MountView {
  @ApiProperty({ description: 'Where it is mounted.', example: '/var' })
  readonly mount!: string;

  @ApiProperty({
    type: 'number',
    nullable: true,
    description: 'Used of what can be used, as df shows it: the blocks that are reserved for root are neither.',
    example: 41.7,
  })
  readonly usedPercent!: number | null;

  @ApiProperty({ example: 35_584_098_304 })
  readonly usedBytes!: number;

  @ApiProperty({ description: 'With the blocks that are reserved for root.', example: 107_374_182_400 })
  readonly totalBytes!: number;
}

/** A network interface as it is now. */
export class InterfaceView {
  @ApiProperty({ example: 'eth0' })
  readonly name!: string;

  @ApiProperty({ type: 'number', nullable: true, description: 'Received, in bytes/s.', example: 125_000 })
  readonly in!: number | null;

  @ApiProperty({ type: 'number', nullable: true, description: 'Sent, in bytes/s.', example: 48_000 })
  readonly out!: number | null;
}

/** What a machine has now. */
export class Devices {
  @ApiProperty({ example: 'local' })
  readonly network!: string;

  @ApiProperty({ example: 'db-1' })
  readonly machine!: string;

  @ApiProperty({ format: 'date-time', description: 'When it was read.', example: '2026-11-20T10:00:00.000Z' })
  readonly readAt!: string;

  @ApiProperty({
    enum: REASONS,
    nullable: true,
    description: 'Why there are none. "unobserved": distomon could not look.',
    example: null,
  })
  readonly reason!: (typeof REASONS)[number] | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'The same for people: what is wrong and what to do.',
    example: null,
  })
  readonly detail!: string | null;

  @ApiProperty({
    type: () => [MountView],
    nullable: true,
    description: 'By path, at most 500; null: they could not be read.',
  })
  readonly mounts!: readonly MountView[] | null;

  @ApiProperty({
    type: () => [InterfaceView],
    nullable: true,
    description: 'By name, at most 500, without the loopback; null: they could not be read.',
  })
  readonly interfaces!: readonly InterfaceView[] | null;
}

/** Which device, and which time. */
export class DeviceHistoryQuery extends RangeQuery {
  @ApiPropertyOptional({ description: 'A mount, by its path. Name either this or "interface".', example: '/var' })
  @IsOptional()
  @IsLine(MAX_NAME)
  readonly mount?: string;

  @ApiPropertyOptional({ description: 'A network interface, by its name. Name either this or "mount".' })
  @IsOptional()
  @IsLine(MAX_NAME)
  readonly interface?: string;
}

/** Names one device. */
export class DeviceView {
  @ApiProperty({ enum: KINDS, example: 'mount' })
  readonly kind!: (typeof KINDS)[number];

  @ApiProperty({ example: '/var' })
  readonly name!: string;
}

/** One device of a machine over time, as far as its agent remembers. */
export class DeviceHistory extends RangeView {
  @ApiProperty({ example: 'local' })
  readonly network!: string;

  @ApiProperty({ example: 'db-1' })
  readonly machine!: string;

  @ApiProperty({ type: () => DeviceView })
  readonly device!: DeviceView;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'The agent remembers nothing of the device before this. null: it did not say.',
    example: '2026-11-06T10:00:00.000Z',
  })
  readonly remembersSince!: string | null;

  @ApiProperty({ enum: REASONS, nullable: true, description: 'Why there are no rows.', example: null })
  readonly reason!: (typeof REASONS)[number] | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'The same for people.', example: null })
  readonly detail!: string | null;

  @ApiProperty({
    type: [String],
    description:
      'What each place of a row is. The first are those of the history of a machine, of which only "time" (the start of the point) and "source" are known here. Then avg, min and max of each measure: "usedPercent" and "usedBytes" of a mount; "in" and "out", in bytes/s, of an interface. Of long points an agent cannot say the least and the most that was sent: "out.min" and "out.max" are null.',
    example: ['time', 'reachable', 'reason', 'samples', 'source', 'usedPercent.avg', 'usedPercent.min'],
  })
  readonly columns!: string[];

  @ApiProperty({ ...CELLS, example: [['2026-11-20T10:00:00.000Z', null, null, null, 'agent', 41.7, 41.2]] })
  readonly rows!: (string | number | boolean | null)[][];
}
