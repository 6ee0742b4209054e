import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';
import { httpUrlProblem, nameProblem, REASONS, type ProblemOf, type Reason } from '#config';
import { Agent } from '../machines/machine.dto.ts';

/** As the network file would be checked. */
function Checked(problemOf: ProblemOf): PropertyDecorator {
  return ValidateBy({
    name: 'asInFile',
    validator: {
      validate: (value: unknown) => problemOf(value) === null,
      defaultMessage: details => problemOf(details?.value) ?? 'is wrong',
    },
  });
}

function OptionalName(description: string, example: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: 'string', nullable: true, default: null, description, example }),
    ValidateIf((_test, value) => value !== undefined && value !== null),
    Checked(nameProblem),
  );
}

/** An agent to be looked at once, as the network file would name it. */
export class TestMachine {
  @ApiProperty({ description: 'Base URL of the Netdata agent.', example: 'http://10.0.0.11:19999' })
  @Checked(httpUrlProblem)
  readonly netdata!: string;

  @OptionalName('Name of the secret in nodeconf.yml with which it is read. It is sent to the agent.', 'agents')
  readonly auth?: string | null;

  @OptionalName('Label of the process that would watch it, and looks now; null: the one that answers.', 'fra-1')
  readonly via?: string | null;
}

/** What one look at an agent found. */
export class MachineTest {
  @ApiProperty({ description: 'Whether it can be watched as it is.', example: false })
  readonly reachable!: boolean;

  @ApiProperty({ enum: REASONS, nullable: true, type: 'string', description: 'Why not.', example: 'refused' })
  readonly reason!: Reason | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'What happened.',
    example: '10.0.0.11:19999 refused the connection.',
  })
  readonly detail!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'What to do about it.',
    example: 'Nothing listens at this address and port. Is Netdata running there?',
  })
  readonly advice!: string | null;

  @ApiProperty({ type: 'number', nullable: true, description: 'How long its answer took.', example: 12.5 })
  readonly latencyMs!: number | null;

  @ApiProperty({
    type: 'number',
    nullable: true,
    description: "The agent's clock minus ours, in milliseconds; doubtful beyond 5000.",
    example: 12,
  })
  readonly clockOffsetMs!: number | null;

  @ApiProperty({ type: () => Agent, nullable: true, description: 'What it says about itself.' })
  readonly agent!: Agent | null;
}
