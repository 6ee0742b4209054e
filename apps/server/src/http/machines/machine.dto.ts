import { ApiProperty } from '@nestjs/swagger';
import { METRICS, type MetricName } from '#config';
import { PauseView } from '../pause/pause.dto.ts';
import { PageView } from '../page/page.ts';
import { Observed, VerdictView } from '../state/state.dto.ts';

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

/** The last observation of a machine by the monitor that gives its values. */
export class Latest extends Observed {
  @ApiProperty({
    type: 'number',
    nullable: true,
    description: "The agent's clock minus ours, in milliseconds; doubtful beyond 5000.",
    example: 12,
  })
  readonly clockOffsetMs!: number | null;

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

/** The last observation of a machine by a monitor that only checks. */
export class MachineCheck extends Observed {
  @ApiProperty({ description: 'Name of the monitor in the network file.', example: 'ssh' })
  readonly monitor!: string;

  @ApiProperty({ description: 'Kind of the monitor; a plugin may bring kinds of its own.', example: 'tcp' })
  readonly kind!: string;
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

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Host name or IP address at which checks find it.',
    example: '10.0.0.11',
  })
  readonly address!: string | null;

  @ApiProperty({ type: () => VerdictView })
  readonly verdict!: VerdictView;

  @ApiProperty({ type: () => PauseView, nullable: true, description: 'null: it is not paused.' })
  readonly pause!: PauseView | null;

  @ApiProperty({ type: () => Latest, nullable: true, description: 'null: not looked at yet.' })
  readonly latest!: Latest | null;

  @ApiProperty({
    type: () => [MachineCheck],
    description:
      'What the monitors that only check saw last, in the order of the network file. The verdict is not theirs, unless no monitor gives values of the machine.',
  })
  readonly checks!: MachineCheck[];
}

/** A page of machines, by name. */
export class MachineList extends PageView {
  @ApiProperty({ type: () => [Machine] })
  readonly items!: Machine[];
}
