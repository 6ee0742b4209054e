import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { METRICS, REASONS, type MetricName } from '#config';

export const VERDICT_STATES = ['up', 'degraded', 'down', 'unknown', 'maintenance'] as const;

const UNITS: Readonly<Record<string, string>> = {
  percent: '%',
  bytes: 'bytes',
  bytes_per_second: 'bytes/s',
  load: 'load',
  seconds: 's',
};

/** The last values of a machine; derived from the table of metrics. */
export class Values implements Record<MetricName, number | null> {
  readonly cpu!: number | null;
  readonly memory!: number | null;
  readonly memoryUsed!: number | null;
  readonly swap!: number | null;
  readonly disk!: number | null;
  readonly diskFullest!: number | null;
  readonly diskRead!: number | null;
  readonly diskWrite!: number | null;
  readonly netIn!: number | null;
  readonly netOut!: number | null;
  readonly load1!: number | null;
  readonly uptime!: number | null;
}
for (const { name, unit, title } of METRICS) {
  ApiProperty({ type: 'number', nullable: true, description: `${title}, in ${UNITS[unit]}`, example: 1.5 })(
    Values.prototype,
    name,
  );
}

/** What is known about a machine's agent. */
export class Agent {
  @ApiProperty({ description: 'Netdata\'s version, or "host" for the built-in monitor.', example: 'v2.11.0' })
  readonly version!: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'Debian GNU/Linux 12' })
  readonly os!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 4 })
  readonly cores!: number | null;

  @ApiProperty({ type: 'number', nullable: true, example: 8589934592 })
  readonly memoryBytes!: number | null;
}

/** What the network holds about a machine. */
export class VerdictView {
  @ApiProperty({ enum: VERDICT_STATES, example: 'up' })
  readonly state!: (typeof VERDICT_STATES)[number];

  @ApiProperty({ enum: REASONS, nullable: true, description: 'Why it is not reachable.', example: null })
  readonly reason!: (typeof REASONS)[number] | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2026-11-20T08:00:00.000Z' })
  readonly since!: string | null;
}

/** The last observation of a machine. */
export class Latest {
  @ApiProperty({ format: 'date-time', example: '2026-11-20T10:00:00.000Z' })
  readonly observedAt!: string;

  @ApiProperty()
  readonly reachable!: boolean;

  @ApiProperty({ enum: REASONS, nullable: true, example: null })
  readonly reason!: (typeof REASONS)[number] | null;

  @ApiProperty({ type: 'number', nullable: true, description: 'Milliseconds the answer took.', example: 1.8 })
  readonly latencyMs!: number | null;

  @ApiProperty({
    type: 'number',
    nullable: true,
    description: "The agent's clock minus ours, in milliseconds; doubtful beyond 5000.",
    example: 12,
  })
  readonly clockOffsetMs!: number | null;

  @ApiProperty({ type: 'integer', description: 'Observations in a row without an answer.', example: 0 })
  readonly misses!: number;

  @ApiProperty({
    format: 'date-time',
    description: 'When it last changed between reachable and not.',
    example: '2026-11-20T08:00:00.000Z',
  })
  readonly since!: string;

  @ApiProperty({
    type: () => Values,
    nullable: true,
    description: 'The last values there were, even when it is unreachable now.',
  })
  readonly values!: Values | null;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When the values were read.',
    example: '2026-11-20T10:00:00.000Z',
  })
  readonly valuesAt!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'The mount that "diskFullest" is about.',
    example: '/var',
  })
  readonly fullestMount!: string | null;
}

/** A machine, its verdict and its last values. */
export class Machine {
  @ApiProperty({ example: 'local' })
  readonly network!: string;

  @ApiProperty({ example: 'db-1' })
  readonly name!: string;

  @ApiProperty({ enum: ['netdata', 'host'] })
  readonly kind!: 'netdata' | 'host';

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { tier: 'db' } })
  readonly labels!: Readonly<Record<string, string>>;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Label of the only process that may look at it.',
    example: null,
  })
  readonly via!: string | null;

  @ApiProperty({ type: () => Agent, nullable: true })
  readonly agent!: Agent | null;

  @ApiProperty({ type: () => VerdictView })
  readonly verdict!: VerdictView;

  @ApiProperty({ type: () => Latest, nullable: true, description: 'null: not looked at yet.' })
  readonly latest!: Latest | null;
}

/** A page of machines, by name. */
export class MachineList {
  @ApiProperty({ type: () => [Machine] })
  readonly items!: Machine[];

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Pass it as "cursor" for the next page; null: this was the last.',
    example: null,
  })
  readonly next!: string | null;
}

/** Which page of a list. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1000, default: 500 })
  @IsOptional()
  @Transform(({ value }) => Number(value))
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly limit: number = 500;

  @ApiPropertyOptional({ description: 'The "next" of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly cursor?: string;
}
