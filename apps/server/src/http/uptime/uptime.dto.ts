import { ApiProperty } from '@nestjs/swagger';
import { StretchView } from '../history/range.dto.ts';

/** How often was looked, and how often there was an answer. */
export class CheckCountsView {
  @ApiProperty({
    type: 'number',
    nullable: true,
    description: 'Of the probes that had an answer, rounded down to four digits; null: there was no probe.',
    example: 99.9884,
  })
  readonly percent!: number | null;

  @ApiProperty({ type: 'integer', example: 8640 })
  readonly probes!: number;

  @ApiProperty({ type: 'integer', description: 'Those without an answer.', example: 1 })
  readonly failures!: number;
}

/** What one monitor saw. */
export class MonitorUptime extends CheckCountsView {
  @ApiProperty({ example: 'netdata' })
  readonly monitor!: string;
}

/** Time that is left out. */
export class LeftOut {
  @ApiProperty({ type: 'integer', description: 'Windows, whole, in which there was maintenance.', example: 6 })
  readonly windows!: number;

  @ApiProperty({ type: 'number', example: 60 })
  readonly minutes!: number;
}

/** How reachable a machine was. A gap that was filled later changes nothing of it. */
export class UptimeView extends StretchView {
  @ApiProperty({ example: 'local' })
  readonly network!: string;

  @ApiProperty({ example: 'db-1' })
  readonly machine!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description:
      'The monitor that says whether the machine is up: the one that reads its metrics. Null: no monitor does; then there is no percentage of the machine, only those of its checks.',
    example: 'netdata',
  })
  readonly monitor!: string | null;

  @ApiProperty({ type: () => CheckCountsView, description: 'What that monitor saw.' })
  readonly uptime!: CheckCountsView;

  @ApiProperty({ type: () => [MonitorUptime], description: 'What each monitor saw, by name.' })
  readonly monitors!: MonitorUptime[];

  @ApiProperty({
    type: () => LeftOut,
    description:
      'Maintenance (the verdict was "maintenance") counts neither for nor against: its windows are left out.',
  })
  readonly maintenance!: LeftOut;
}
