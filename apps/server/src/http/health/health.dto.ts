import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** The process answers. */
export class Alive {
  @ApiProperty({ example: true })
  readonly ok!: boolean;
}

/** The result of one check. */
export class Check {
  @ApiProperty({ example: true })
  readonly ok!: boolean;

  @ApiPropertyOptional({ description: 'For people, when it is not ok.', example: 'the database does not answer' })
  readonly detail?: string;
}

/** Whether this process can do its work. */
export class ReadinessReport {
  @ApiProperty({ type: () => Check, description: 'The database answers.' })
  readonly database!: Check;

  @ApiProperty({ type: () => Check, description: 'The database has connections left.' })
  readonly connections!: Check;

  @ApiProperty({ type: () => Check, description: 'The queue answers.' })
  readonly queue!: Check;

  @ApiProperty({ type: () => Check, description: 'The schedulers run.' })
  readonly scheduler!: Check;
}
