import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsNotEmpty,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { PERMISSION_NAMES, type Permission } from '#auth';
import { IsLine } from '../auth/fields.ts';
import { isInstant } from '../history/instant.ts';
import { PageView } from '../page/page.ts';

/** An instant of the calendar, as RFC 3339 writes it; not relative to now, and not the second that a day may have too much. */
export function IsTime(): PropertyDecorator {
  const validate = (value: unknown): boolean =>
    isInstant(value) && typeof value === 'string' && !Number.isNaN(Date.parse(value)) && /^\d/.test(value);
  const defaultMessage = (): string => 'must be an RFC 3339 time, such as 2027-11-20T10:00:00Z, or null';
  return ValidateBy({ name: 'isTime', validator: { validate, defaultMessage } });
}

function Scopes(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      enum: PERMISSION_NAMES,
      isArray: true,
      description: 'What it may do: names of permissions that you have yourself.',
      example: ['metrics:read'],
    }),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(PERMISSION_NAMES.length),
    ArrayUnique(),
    IsIn(PERMISSION_NAMES, { each: true, message: `each must be one of ${PERMISSION_NAMES.join(', ')}` }),
  );
}

/** A token to be made. */
export class CreateToken {
  @ApiProperty({ description: 'What it is for.', example: 'grafana', maxLength: 100 })
  @IsNotEmpty()
  @IsLine(100)
  readonly name!: string;

  @Scopes()
  readonly scopes!: Permission[];

  @ApiPropertyOptional({
    type: 'string',
    format: 'date-time',
    nullable: true,
    default: null,
    description: 'When it ends; null: when it is revoked.',
    example: '2027-11-20T10:00:00Z',
  })
  @ValidateIf((_token, value) => value !== undefined && value !== null)
  @IsTime()
  readonly expiresAt?: string | null;
}

/** A token, without the token itself. */
export class TokenItem {
  @ApiProperty({ description: 'Names it; gives no access.', example: '7c9e6679-7425-40de-944b-e07fc1f90ae7' })
  readonly id!: string;

  @ApiProperty({ description: 'What it is for.', example: 'grafana' })
  readonly name!: string;

  @ApiProperty({ description: 'How the token begins, to tell it from others.', example: 'dm_pXhXoU' })
  readonly hint!: string;

  @ApiProperty({
    type: [String],
    description: 'What it may do, as long as you may: it never has more than your role.',
    example: ['metrics:read'],
  })
  readonly scopes!: string[];

  @ApiProperty({ format: 'date-time', description: 'When it was made.', example: '2026-11-20T10:00:00.000Z' })
  readonly createdAt!: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When it ends; null: not by itself.',
    example: null,
  })
  readonly expiresAt!: string | null;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When it was last used, to the minute; null: never.',
    example: '2026-11-20T11:30:00.000Z',
  })
  readonly lastUsedAt!: string | null;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When it was revoked; null: it was not.',
    example: null,
  })
  readonly revokedAt!: string | null;
}

/** A token that was just made. */
export class NewToken extends TokenItem {
  @ApiProperty({
    description: 'The token itself, for "Authorization: Bearer". It is shown this once.',
    example: 'dm_pXhXoU6nWMvTt6cXZ0yAYTnhGYhMqdBFmQ2wZ1bM3fE',
  })
  readonly secret!: string;
}

/** Your own tokens. */
export class TokenList extends PageView {
  @ApiProperty({ type: () => [TokenItem], description: 'The newest first.' })
  readonly items!: TokenItem[];
}
