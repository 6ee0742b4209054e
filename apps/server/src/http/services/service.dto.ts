import { ApiProperty } from '@nestjs/swagger';
import { RangeView } from '../history/range.dto.ts';
import { PageView } from '../page/page.ts';
import { Observed, VerdictView } from '../state/state.dto.ts';

const PERCENT = { type: 'number', nullable: true, example: 99.9884 } as const;

/** How many percent of the checks found it as it should be. `null`: it was not checked in that time. */
export class Uptime {
  @ApiProperty({ ...PERCENT, description: 'Of the last 24 hours.' })
  readonly day!: number | null;

  @ApiProperty({ ...PERCENT, description: 'Of the last 7 days.' })
  readonly week!: number | null;

  @ApiProperty({ ...PERCENT, description: 'Of the last 30 days.' })
  readonly month!: number | null;
}

/** How long its answers took, in milliseconds. */
export class LatencyRange {
  @ApiProperty({ example: 14.2 })
  readonly avg!: number;

  @ApiProperty({ example: 9.1 })
  readonly min!: number;

  @ApiProperty({ example: 240.7 })
  readonly max!: number;
}

/** A service, its verdict, what the last check found, and how it was lately. */
export class Service {
  @ApiProperty({ example: 'local' })
  readonly network!: string;

  @ApiProperty({ example: 'shop' })
  readonly name!: string;

  @ApiProperty({ description: 'Kind of its monitor; a plugin may bring kinds of its own.', example: 'http' })
  readonly kind!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description:
      'What is checked, for people: a URL without user, password and query, "host:port", "name @server". null: its kind does not say.',
    example: 'https://shop.example/health',
  })
  readonly target!: string | null;

  @ApiProperty({ type: 'integer', description: 'Milliseconds from one check to the next.', example: 30000 })
  readonly intervalMs!: number;

  @ApiProperty({ type: () => VerdictView })
  readonly verdict!: VerdictView;

  @ApiProperty({ type: () => Observed, nullable: true, description: 'null: not looked at yet.' })
  readonly latest!: Observed | null;

  @ApiProperty({ type: () => Uptime, nullable: true, description: 'null: you may not see the past (history:read).' })
  readonly uptime!: Uptime | null;

  @ApiProperty({
    type: () => LatencyRange,
    nullable: true,
    description: 'Of the last 24 hours; null: none measured, or you may not see the past (history:read).',
  })
  readonly latency!: LatencyRange | null;
}

/** A page of services, by name. */
export class ServiceList extends PageView {
  @ApiProperty({ type: () => [Service] })
  readonly items!: Service[];
}

/** The checks of a service in columns: compact, oldest first, a row per window and observer. */
export class ServiceChecks extends RangeView {
  @ApiProperty({ example: 'local' })
  readonly network!: string;

  @ApiProperty({ example: 'shop' })
  readonly service!: string;

  @ApiProperty({
    type: [String],
    description:
      'What each place of a row is: "time" (start of the window), "observer" (the node that looked), "probes", "failures" (of them), "reasons" (how many failures had which reason), then milliseconds: "latency.avg", "latency.min", "latency.max".',
    example: ['time', 'observer', 'probes', 'failures', 'reasons', 'latency.avg', 'latency.min', 'latency.max'],
  })
  readonly columns!: string[];

  @ApiProperty({
    type: 'array',
    items: {
      type: 'array',
      items: {
        oneOf: [
          { type: 'string' },
          { type: 'number' },
          { type: 'object', additionalProperties: { type: 'number' } },
          { type: 'null' },
        ],
      },
    },
    example: [['2026-11-20T10:00:00.000Z', 'fra-1', 20, 1, { timeout: 1 }, 14.2, 9.1, 240.7]],
  })
  readonly rows!: (string | number | null | Readonly<Record<string, number>>)[][];
}
