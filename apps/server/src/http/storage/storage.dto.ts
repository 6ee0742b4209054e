import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import { retentionProblem } from '#config';
import { STORED_RESOLUTIONS, type StoredResolution, type WaitsFor } from '#storage';

const INSTANT = { type: 'string', format: 'date-time', nullable: true } as const;
const RESOLUTION = {
  enum: STORED_RESOLUTIONS,
  description:
    'rows: one per machine and window · hours, days: what they come to · checks: what probes saw, for uptime · events: changes of state.',
} as const;

function ApiRetention(what: string, example: string): PropertyDecorator {
  return ApiProperty({
    type: 'string',
    nullable: true,
    description: `How long ${what} are kept. null: for ever.`,
    example,
  });
}

/** How long everything is kept. */
export class RetentionView {
  @ApiRetention('rows and checks', '761d') readonly rows!: string | null;
  @ApiRetention('hours', '3653d') readonly hours!: string | null;
  @ApiRetention('days', '3653d') readonly days!: string | null;
  @ApiRetention('events', '761d') readonly events!: string | null;
}

/** How much there is of one resolution. */
export class ResolutionUseView {
  @ApiProperty(RESOLUTION)
  readonly resolution!: StoredResolution;

  @ApiProperty({ type: 'integer', example: 5_256_000 })
  readonly rows!: number;

  @ApiProperty({
    type: 'integer',
    description: 'With indexes. Of one network: its part of each table by rows.',
    example: 2_900_000_000,
  })
  readonly bytes!: number;

  @ApiProperty({ ...INSTANT, description: 'When the oldest begins; null: there is none.' })
  readonly oldest!: string | null;

  @ApiProperty({ ...INSTANT, description: 'When the newest begins; null: there is none.' })
  readonly newest!: string | null;
}

/** A whole partition, the way it is dropped. */
class PartitionView {
  @ApiProperty({ example: 'metric_row_2024_10' })
  readonly partition!: string;

  @ApiProperty(RESOLUTION)
  readonly resolution!: StoredResolution;

  @ApiProperty({ format: 'date-time', example: '2024-10-01T00:00:00.000Z' })
  readonly from!: string;

  @ApiProperty({ format: 'date-time', description: 'Excluded.', example: '2024-11-01T00:00:00.000Z' })
  readonly to!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'As counted last; null: not yet.', example: 446_400 })
  readonly rows!: number | null;

  @ApiProperty({ type: 'integer', example: 243_269_632 })
  readonly bytes!: number;
}

/** The partition that goes next, and when. */
export class NextDrop extends PartitionView {
  @ApiProperty({
    format: 'date-time',
    description: 'When the last of it is past its retention. It is dropped within the hour that follows.',
    example: '2026-12-02T00:00:00.000Z',
  })
  readonly at!: string;
}

/** How much there is of one resolution in all networks, and what of it goes next. */
export class ResolutionTotal extends ResolutionUseView {
  @ApiProperty({
    type: () => NextDrop,
    nullable: true,
    description: 'null: it is kept for ever, there is nothing, or it goes row by row (events).',
  })
  readonly nextDrop!: NextDrop | null;
}

/** How much there is of one network. */
export class NetworkUse {
  @ApiProperty({ example: 'local' })
  readonly network!: string;

  @ApiProperty({ type: () => [ResolutionUseView] })
  readonly resolutions!: ResolutionUseView[];
}

/** What is kept, how long, and how much it is. */
export class StorageReport {
  @ApiProperty({
    ...INSTANT,
    description: 'When rows and bytes were measured: once an hour. null: not yet, a moment after the first start.',
  })
  readonly measuredAt!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The whole database, with queues and indexes, without the write-ahead log.',
    example: 4_000_000_000,
  })
  readonly databaseBytes!: number | null;

  @ApiProperty({ type: () => RetentionView })
  readonly retention!: RetentionView;

  @ApiProperty({ type: () => [ResolutionTotal], description: 'All networks. Empty: not measured yet.' })
  readonly resolutions!: ResolutionTotal[];

  @ApiProperty({
    type: () => [NetworkUse],
    description: 'By name, with those that are not watched any more and have history.',
  })
  readonly networks!: NetworkUse[];
}

/** A retention that the settings would take too. */
function IsRetention(): PropertyDecorator {
  return ValidateBy({
    name: 'retention',
    validator: {
      validate: value => retentionProblem(value) === null,
      defaultMessage: found => retentionProblem(found?.value) ?? '',
    },
  });
}

function RetentionParameter(what: string, example: string): PropertyDecorator {
  const description = `How long ${what} would be kept: a duration of at least 31d, or 0 for ever. Default: as set.`;
  return applyDecorators(ApiPropertyOptional({ description, example }), IsOptional(), IsRetention());
}

/** A retention to try. */
export class RetentionQuery {
  @RetentionParameter('rows and checks', '365d') readonly rows?: string;
  @RetentionParameter('hours', '1827d') readonly hours?: string;
  @RetentionParameter('days', '0') readonly days?: string;
  @RetentionParameter('events', '365d') readonly events?: string;
}

/** A partition that would be dropped. */
export class DroppedPartition extends PartitionView {
  @ApiProperty({
    enum: ['rollup', 'sums'],
    type: 'string',
    nullable: true,
    description:
      'It stays until this is done. rollup: something of it is yet to go into hours and days · sums: its days are yet to be summed. null: it goes at once.',
  })
  readonly waitsFor!: WaitsFor | null;
}

/** Rows of a small table that would be deleted one by one. */
export class DeletedRows {
  @ApiProperty({ example: 'verdict_transition' })
  readonly table!: string;

  @ApiProperty(RESOLUTION)
  readonly resolution!: StoredResolution;

  @ApiProperty({ format: 'date-time', description: 'Those that began before.', example: '2024-10-20T10:00:00.000Z' })
  readonly before!: string;

  @ApiProperty({ type: 'integer', example: 12 })
  readonly rows!: number;
}

/** What a retention would drop at this moment. Nothing is dropped. */
export class RetentionDryRun {
  @ApiProperty({ format: 'date-time', example: '2026-11-20T10:00:00.000Z' })
  readonly at!: string;

  @ApiProperty({ type: () => RetentionView })
  readonly retention!: RetentionView;

  @ApiProperty({ type: () => [DroppedPartition] })
  readonly partitions!: DroppedPartition[];

  @ApiProperty({ type: () => [DeletedRows] })
  readonly deleted!: DeletedRows[];

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Of all partitions together that would go at once; null: one was not counted yet.',
    example: 446_400,
  })
  readonly rows!: number | null;

  @ApiProperty({
    type: 'integer',
    description: 'Of all partitions together that would go at once: what comes free.',
    example: 243_269_632,
  })
  readonly bytes!: number;
}
