import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { RangeQuery, RangeView } from './range.dto.ts';

/** Which rows of a machine, and what of them. */
export class HistoryQuery extends RangeQuery {
  @ApiPropertyOptional({ enum: ['all'], description: '"all": the samples and expected samples of each metric too.' })
  @IsOptional()
  @IsIn(['all'])
  readonly samples?: 'all';

  @ApiPropertyOptional({
    type: [String],
    description:
      'Charts that are stored beside the metrics, by name, separated by commas or given several times. Each dimension that a row of the range has becomes columns: "disk_space./var.used.avg".',
    example: ['disk_space./var', 'net.eth0'],
  })
  @IsOptional()
  @Transform(({ value }) => namesOf(value))
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  readonly charts?: string[];
}

/** `a,b` and `a` given beside `b` are the same. What is no text is left for the checks to refuse. */
function namesOf(value: unknown): unknown[] {
  const given: unknown[] = Array.isArray(value) ? value : [value];
  return given.flatMap(one => (typeof one === 'string' ? one.split(',').filter(name => name !== '') : [one]));
}

/** Rows of a machine in columns: compact, oldest first, a row per window. */
export class History extends RangeView {
  @ApiProperty({ example: 'local' })
  readonly network!: string;

  @ApiProperty({ example: 'db-1' })
  readonly machine!: string;

  @ApiProperty({
    type: [String],
    description:
      'What each place of a row is: "time" (start of the window), "reachable", "reason", "samples" (the least of the core metrics), "source", then avg, min and max of each metric. Percent, bytes, bytes/s, load, seconds. Then those of charts that were asked for, in the unit and with the sign of the agent.',
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
