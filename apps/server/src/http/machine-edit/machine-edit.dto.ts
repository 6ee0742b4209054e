import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { Allow as Unchecked, ArrayMaxSize, ArrayMinSize, IsArray, IsObject } from 'class-validator';
import { applyDecorators } from '@nestjs/common';

/** Ten times what one network is meant for. */
const MAX_AT_ONCE = 3_000;

/** A key of a machine in the network file. What may stand there is checked with the whole file. */
function Key(type: 'string' | 'boolean', options: ApiPropertyOptions): PropertyDecorator {
  return applyDecorators(Unchecked(), ApiPropertyOptional({ type, nullable: true, ...options } as ApiPropertyOptions));
}

/** The keys of a machine, as the network file has them. `null`: it does not have this one. */
class MachineKeys {
  @Key('string', { description: 'Stable: with it a machine keeps its history through a rename.', example: 'db-1' })
  readonly id?: unknown;

  @Key('string', {
    description: 'Base URL of its Netdata agent; it may have a path.',
    example: 'http://10.0.0.11:19999',
  })
  readonly netdata?: unknown;

  @Key('boolean', { description: 'true: no agent, the process named by "via" tells about the host that it runs on.' })
  readonly host?: unknown;

  @Key('string', { description: 'Label of the only process that may look at it.', example: 'fra-1' })
  readonly via?: unknown;

  @Key('string', { description: 'Host name or IP address at which checks find it.', example: '10.0.0.11' })
  readonly address?: unknown;

  @Key('string', { description: 'Name of the secret in nodeconf.yml with which its agent is read.', example: 'agents' })
  readonly auth?: unknown;

  @Key('string', { description: 'How long its agent may take to answer a probe.', example: '3s' })
  readonly timeout?: unknown;

  @Unchecked()
  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    description: 'More charts of its agent that are stored.',
    example: ['nginx_local.requests'],
  })
  readonly charts?: unknown;

  @Unchecked()
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    nullable: true,
    description: 'They are replaced as a whole.',
    example: { tier: 'db' },
  })
  readonly labels?: unknown;
}

/** A machine to be added. */
export class NewMachine extends MachineKeys {
  @ApiProperty({ type: 'string', example: 'db-1' })
  readonly name!: unknown;
}

/** Machines to be added, all or none. */
export class AddMachines {
  @ApiProperty({ type: () => [NewMachine], minItems: 1, maxItems: MAX_AT_ONCE })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_AT_ONCE)
  @IsObject({ each: true, message: 'each must be a machine' })
  readonly machines!: Readonly<Record<string, unknown>>[];
}

/** What of a machine is to be changed. What is not named stays, and what is `null` is taken out. */
export class ChangeMachine extends MachineKeys {
  @Unchecked()
  @ApiPropertyOptional({
    type: 'string',
    description: 'A new name. A machine without an id gets its former name as id, so that it keeps its history.',
    example: 'db-1',
  })
  readonly name?: unknown;
}
