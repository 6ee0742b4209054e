import { ApiProperty } from '@nestjs/swagger';
import { REASONS } from '#config';

/** Every state that there is, for descriptions and checks. */
export const VERDICT_STATES = ['up', 'degraded', 'down', 'unknown', 'maintenance'] as const;

/** What the network holds about a machine or a service. */
export class VerdictView {
  @ApiProperty({ enum: VERDICT_STATES, example: 'up' })
  readonly state!: (typeof VERDICT_STATES)[number];

  @ApiProperty({ enum: REASONS, nullable: true, description: 'Why it is not reachable.', example: null })
  readonly reason!: (typeof REASONS)[number] | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2026-11-20T08:00:00.000Z' })
  readonly since!: string | null;
}

/** What a monitor saw when it last looked. */
export class Observed {
  @ApiProperty({ format: 'date-time', example: '2026-11-20T10:00:00.000Z' })
  readonly observedAt!: string;

  @ApiProperty()
  readonly reachable!: boolean;

  @ApiProperty({
    enum: REASONS,
    nullable: true,
    description: 'Why not. "unobserved": distomon itself could not look, which says nothing about what it looks at.',
    example: null,
  })
  readonly reason!: (typeof REASONS)[number] | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'A sentence for people: what is wrong and what to do, or what was found.',
    example: '200 in 12 ms',
  })
  readonly detail!: string | null;

  @ApiProperty({ type: 'number', nullable: true, description: 'Milliseconds the answer took.', example: 1.8 })
  readonly latencyMs!: number | null;

  @ApiProperty({ type: 'integer', description: 'Observations in a row without an answer.', example: 0 })
  readonly misses!: number;

  @ApiProperty({
    format: 'date-time',
    description: 'When it last changed between reachable and not.',
    example: '2026-11-20T08:00:00.000Z',
  })
  readonly since!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'number' },
    nullable: true,
    description:
      'What else was measured, by name: "status" of a page, "daysLeft" of a certificate, charts of an agent.',
    example: { status: 200 },
  })
  readonly measures!: Readonly<Record<string, number>> | null;
}

/** How many are in which state. */
export class StateCounts {
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
