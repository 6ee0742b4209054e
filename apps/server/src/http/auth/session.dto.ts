import { ApiProperty } from '@nestjs/swagger';
import { PERMISSION_NAMES, ROLES, type AccountRole, type Permission } from '#auth';
import { EmailField, LinkField, MayBeMissing, PasswordField } from './fields.ts';

/** Who is signed in. */
export class AccountView {
  @ApiProperty({ type: 'integer', description: 'Names the account for good.', example: 17 })
  readonly id!: number;

  @ApiProperty({ description: 'In lower case.', example: 'alice@example.org' })
  readonly email!: string;

  @ApiProperty({ description: 'What people call them; may be empty.', example: 'Alice' })
  readonly name!: string;

  @ApiProperty({ enum: ROLES, description: '"user" sees the present, "admin" everything.', example: 'user' })
  readonly role!: AccountRole;

  @ApiProperty({
    enum: PERMISSION_NAMES,
    isArray: true,
    description: 'What may be done here: by the role, the networks, and with a token by its scopes.',
    example: ['metrics:read'],
  })
  readonly permissions!: Permission[];

  @ApiProperty({
    type: [String],
    nullable: true,
    description: 'The networks that may be seen; null: all.',
    example: null,
  })
  readonly networks!: string[] | null;

  @ApiProperty({ description: 'Whether it can sign in by a password.', example: true })
  readonly hasPassword!: boolean;

  @ApiProperty({ description: 'Whether it has signed in by Google.', example: false })
  readonly hasGoogle!: boolean;
}

/** Who is signed in, and how one can sign in. */
export class SessionView {
  @ApiProperty({ type: () => AccountView, nullable: true, description: 'Null: nobody is signed in.' })
  readonly account!: AccountView | null;

  @ApiProperty({ enum: ['session', 'token'], nullable: true, description: 'By what.', example: 'session' })
  readonly via!: 'session' | 'token' | null;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When the session or token ends at the latest; null: never, or nobody is signed in.',
    example: '2026-12-20T10:00:00.000Z',
  })
  readonly expiresAt!: string | null;

  @ApiProperty({ description: 'There is no account yet: the first admin is made by the setup link.', example: false })
  readonly setupNeeded!: boolean;

  @ApiProperty({ description: 'Whether Google can be signed in with.', example: false })
  readonly google!: boolean;

  @ApiProperty({
    description: 'Plain http from another machine: anyone in between can read everything.',
    example: false,
  })
  readonly insecure!: boolean;

  @ApiProperty({
    type: [String],
    description:
      'Whom to ask for more: addresses of admins. Empty when nobody is signed in, and for those who may do everything.',
    example: ['admin@example.org'],
  })
  readonly contacts!: string[];
}

/** Who wants to sign in. */
export class Credentials {
  @EmailField()
  readonly email!: string;

  @PasswordField({ description: 'The password of the account.' })
  readonly password!: string;
}

/** A new password for one's own account. */
export class PasswordChange {
  @MayBeMissing()
  @PasswordField({
    description: 'The password until now. Left out by accounts that have none yet.',
    required: false,
  })
  readonly current?: string;

  @PasswordField({
    description: 'The new one: 15 to 256 characters of any kind, and not one that anyone would try first.',
  })
  readonly password!: string;
}

/** A link of an invitation or of a forgotten password. */
export class LinkToken {
  @LinkField()
  readonly token!: string;
}

/** A link, and the password that it sets. */
export class LinkUse extends LinkToken {
  @PasswordField({
    description: 'The new password: 15 to 256 characters of any kind, and not one that anyone would try first.',
  })
  readonly password!: string;
}

/** What a link is for. */
export class LinkView {
  @ApiProperty({
    enum: ['setup', 'invite', 'reset'],
    description: 'The first admin, a first password, or a new one.',
    example: 'invite',
  })
  readonly purpose!: 'setup' | 'invite' | 'reset';

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Whose it is; null: the first admin, who has no address yet.',
    example: 'alice@example.org',
  })
  readonly email!: string | null;
}
