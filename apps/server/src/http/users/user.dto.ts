import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  Matches,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { ROLES, type AccountRole } from '#auth';
import { nameProblem } from '#config';
import { EmailField, IsLine, MayBeMissing } from '../auth/fields.ts';
import { PageView, IsLimit, PAGE_LIMIT } from '../page/page.ts';

const STATUSES = ['active', 'invited', 'disabled'] as const;
const ROLE_DESCRIPTION = '"user" sees the present, "admin" everything.';

function NameField(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ description: 'What people call them.', example: 'Alice', maxLength: 100 }),
    MayBeMissing(),
    IsLine(100),
  );
}

function RoleField(required: boolean): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ enum: ROLES, description: ROLE_DESCRIPTION, example: 'user', required }),
    ...(required ? [] : [MayBeMissing()]),
    IsIn(ROLES),
  );
}

function NetworksField(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: [String],
      nullable: true,
      description:
        'The networks they may see; null: all. An account that is limited has no permission about the server as a whole.',
      example: ['local'],
    }),
    ValidateIf((_object, value) => value !== undefined && value !== null),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(100),
    ArrayUnique(),
    ValidateBy(
      { name: 'isNetworkName', validator: { validate: value => nameProblem(value) === null } },
      { each: true, message: 'each must be the name of a network' },
    ),
  );
}

/** Which accounts. */
export class UserQuery {
  @IsLimit()
  readonly limit: number = PAGE_LIMIT;

  @ApiPropertyOptional({ description: 'The "next" of the page before.', example: '17' })
  @IsOptional()
  @Matches(/^\d{1,9}$/, { message: 'must be the "next" of a page' })
  readonly cursor?: string;
}

/** An account to be made. */
export class CreateUser {
  @EmailField()
  readonly email!: string;

  @NameField()
  readonly name?: string;

  @RoleField(true)
  readonly role!: AccountRole;

  @NetworksField()
  readonly networks?: string[] | null;
}

/** What of an account is changed; what is left out stays. */
export class ChangeUser {
  @NameField()
  readonly name?: string;

  @RoleField(false)
  readonly role?: AccountRole;

  @NetworksField()
  readonly networks?: string[] | null;

  @ApiPropertyOptional({
    description:
      'Whether it cannot be used: its sessions and links end for good, and nobody can sign in to it. Its tokens rest: they work again once it is enabled.',
    example: false,
  })
  @MayBeMissing()
  @IsBoolean()
  readonly disabled?: boolean;
}

/** An account. */
export class User {
  @ApiProperty({ type: 'integer', description: 'Names the account for good.', example: 17 })
  readonly id!: number;

  @ApiProperty({ description: 'In lower case.', example: 'alice@example.org' })
  readonly email!: string;

  @ApiProperty({ description: 'What people call them; may be empty.', example: 'Alice' })
  readonly name!: string;

  @ApiProperty({ enum: ROLES, description: ROLE_DESCRIPTION, example: 'user' })
  readonly role!: AccountRole;

  @ApiProperty({ type: [String], nullable: true, description: 'The networks it may see; null: all.', example: null })
  readonly networks!: string[] | null;

  @ApiProperty({
    enum: STATUSES,
    description: '"invited": nobody has used the link yet, so nothing signs it in.',
    example: 'active',
  })
  readonly status!: (typeof STATUSES)[number];

  @ApiProperty({ description: 'Whether it can sign in by a password.', example: true })
  readonly hasPassword!: boolean;

  @ApiProperty({ description: 'Whether it has signed in by Google.', example: false })
  readonly hasGoogle!: boolean;

  @ApiProperty({ format: 'date-time', description: 'When it was made.', example: '2026-11-20T10:00:00.000Z' })
  readonly createdAt!: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When it was last signed in to; null: never.',
    example: '2026-11-20T11:30:00.000Z',
  })
  readonly lastSignInAt!: string | null;
}

/** A page of accounts, the oldest first. */
export class UserList extends PageView {
  @ApiProperty({ type: () => [User], description: 'The oldest first.' })
  readonly items!: User[];
}

/** A link to hand on: anyone who opens it can set the password. */
export class UserLink {
  @ApiProperty({ enum: ['invite', 'reset'], description: 'A first password, or a new one.', example: 'invite' })
  readonly purpose!: 'invite' | 'reset';

  @ApiProperty({
    description: 'Shown this once; works once. Another link of the account no longer works.',
    example: 'https://distomon.example.org/link#pXhXoU6nWMvTt6cXZ0yAYTnhGYhMqdBFmQ2wZ1bM3fE',
  })
  readonly url!: string;

  @ApiProperty({ format: 'date-time', description: 'Until then it works.', example: '2026-11-27T10:00:00.000Z' })
  readonly expiresAt!: string;
}

/** An account that was just made, and how its owner gets in. */
export class NewUser {
  @ApiProperty({ type: () => User, description: 'The account.' })
  readonly user!: User;

  @ApiProperty({ type: () => UserLink, description: 'What to hand on to them.' })
  readonly link!: UserLink;
}
