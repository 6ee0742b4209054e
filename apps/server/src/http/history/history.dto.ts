import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { METRICS } from '#config';
import { namesOf } from './names-of.ts';
import { RangeQuery, RangeView } from './range.dto.ts';

const VALUE_PARTS = ['avg', 'min', 'max'] as const;
export type ValuePart = (typeof VALUE_PARTS)[number];
const METRIC_NAMES = METRICS.map(({ name }) => name);
const UNITS = [...new Set(METRICS.map(({ unit }) => unit))];

/** Several names, separated by commas or given several times. */
function Names(most: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => namesOf(value)),
    ArrayMinSize(1, { message: 'must name at least one' }),
    ArrayMaxSize(most),
    IsString({ each: true }),
    MaxLength(200, { each: true }),
  );
}

function Parts(what: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: [String], enum: VALUE_PARTS, description: what, example: ['avg'] }),
    IsOptional(),
    Transform(({ value }) => namesOf(value)),
    ArrayMinSize(1, { message: 'must name at least one' }),
    IsIn(VALUE_PARTS, { each: true, message: `must be some of ${VALUE_PARTS.join(', ')}` }),
  );
}

/** Which time, how fine, and in which form. */
class ResolvedQuery extends RangeQuery {
  @ApiPropertyOptional({
    description:
      'The time that a point is about: the length of a window ("10m"), "1h" or "1d" as they are stored; "1s", "10s" or "1m" as the agent still has them, of at most two hours. Default: the finest that gives at most 800 points.',
    example: '10m',
  })
  @IsOptional()
  @Matches(/^\d{1,9}(ms|s|m|h|d)$/, { message: 'must be a length of time, such as 10m, 1h or 1d' })
  readonly resolution?: string;

  @ApiPropertyOptional({
    enum: ['json', 'csv'],
    description: '"csv": a download; the header "Accept: text/csv" gives the same to be read here.',
  })
  @IsOptional()
  @IsIn(['json', 'csv'])
  readonly format?: 'json' | 'csv';
}

/** Which metrics, and what of them. */
export class MetricsQuery extends ResolvedQuery {
  @ApiPropertyOptional({
    type: [String],
    enum: METRIC_NAMES,
    description: 'Separated by commas or given several times. Default: all.',
    example: ['cpu', 'memory'],
  })
  @IsOptional()
  @Names(METRIC_NAMES.length)
  readonly metrics?: string[];

  @Parts('What of each metric. Default: all three.')
  readonly parts?: ValuePart[];

  @ApiPropertyOptional({ enum: ['all'], description: '"all": the samples and expected samples of each metric too.' })
  @IsOptional()
  @IsIn(['all'])
  readonly samples?: 'all';
}

/** Which points of a machine, and what of them. */
export class HistoryQuery extends MetricsQuery {
  @ApiPropertyOptional({
    type: [String],
    description:
      'Charts that are stored beside the metrics, by name, separated by commas or given several times. Each dimension that a point of the range has becomes columns: "disk_space./var.used.avg". With charts, everything comes from what is stored.',
    example: ['disk_space./var', 'net.eth0'],
  })
  @IsOptional()
  @Transform(({ value }) => namesOf(value))
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  readonly charts?: string[];
}

/** Which points of which machines. */
export class HistoriesQuery extends MetricsQuery {
  @ApiProperty({
    type: [String],
    description: 'Separated by commas or given several times, at most 100.',
    example: ['db-1', 'web-1'],
  })
  @Names(100)
  readonly machines!: string[];
}

/** Which points of all machines. */
export class MetricHistoryQuery extends ResolvedQuery {
  @Parts('What of the metric. Default: avg.')
  readonly parts?: ValuePart[];
}

/** Rows of an answer. */
export const CELLS: ApiPropertyOptions = {
  type: 'array',
  items: {
    type: 'array',
    items: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }] },
  },
  example: [['2026-11-20T10:00:00.000Z', true, null, 600, 'agent', null, null, 0, 0, 12.5, 3.1, 97.2]],
};

const COLUMNS: ApiPropertyOptions = {
  type: [String],
  description: `What each place of a row is. "time" (its start), "reachable" (each read at the close of a window succeeded), "reason" (why not; of hours and days the most frequent), "samples" (the least of the core metrics), "source" ("agent" or "host"; null: there are no values). Of windows "filledAt" (when the values of one that could not be read came later) and "conclusion" ("network", "agent", "distomon" or "no_data": what the gap turned out to be). "unreachableMinutes", "unobservedMinutes" (distomon itself was not there), and of hours and days "filledMinutes". Then the parts of each metric: percent, bytes, bytes/s, load, seconds. Then those of charts that were asked for, in the unit and with the sign of the agent. Of seconds from an agent nobody knows whether it was reachable then: those places are null.`,
  example: [
    'time',
    'reachable',
    'reason',
    'samples',
    'source',
    'filledAt',
    'conclusion',
    'unreachableMinutes',
    'unobservedMinutes',
    'cpu.avg',
    'cpu.min',
    'cpu.max',
  ],
};

/** A machine over time in columns: compact, oldest first. */
export class History extends RangeView {
  @ApiProperty({ example: 'local' })
  readonly network!: string;

  @ApiProperty({ example: 'db-1' })
  readonly machine!: string;

  @ApiProperty(COLUMNS)
  readonly columns!: string[];

  @ApiProperty(CELLS)
  readonly rows!: (string | number | boolean | null)[][];
}

/** One of several machines. */
export class MachineSeries {
  @ApiProperty({ example: 'db-1' })
  readonly machine!: string;

  @ApiProperty({
    description: 'As that of the answer, or that of a window when the agent could not give its seconds.',
    example: '10m',
  })
  readonly resolution!: string;

  @ApiProperty(CELLS)
  readonly rows!: (string | number | boolean | null)[][];
}

/** Several machines over the same time, in columns. */
export class Histories extends RangeView {
  @ApiProperty({ example: 'local' })
  readonly network!: string;

  @ApiProperty(COLUMNS)
  readonly columns!: string[];

  @ApiProperty({ type: () => [MachineSeries], description: 'In the order in which they were asked for.' })
  readonly series!: MachineSeries[];
}

const VALUES: ApiPropertyOptions = {
  type: 'array',
  items: { oneOf: [{ type: 'number' }, { type: 'null' }] },
  description: 'A value for each of the times.',
  example: [12.5, 13.1, null],
};

/** One metric of one machine: those parts that were asked for. */
export class MetricSeries {
  @ApiProperty({ example: 'db-1' })
  readonly machine!: string;

  @ApiPropertyOptional(VALUES)
  readonly avg?: (number | null)[];

  @ApiPropertyOptional(VALUES)
  readonly min?: (number | null)[];

  @ApiPropertyOptional(VALUES)
  readonly max?: (number | null)[];
}

/** One metric of all machines at the same times. */
export class MetricHistory extends RangeView {
  @ApiProperty({ example: 'local' })
  readonly network!: string;

  @ApiProperty({ enum: METRIC_NAMES, example: 'cpu' })
  readonly metric!: string;

  @ApiProperty({ enum: UNITS, example: 'percent' })
  readonly unit!: string;

  @ApiProperty({
    type: [String],
    description: 'The starts of the points, oldest first.',
    example: ['2026-11-20T10:00:00.000Z'],
  })
  readonly times!: string[];

  @ApiProperty({ type: () => [MetricSeries], description: 'Every machine of the network, by name.' })
  readonly series!: MetricSeries[];
}
