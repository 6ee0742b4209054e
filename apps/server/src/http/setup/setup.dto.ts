import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmailField, IsLine, LinkField, MayBeMissing, PasswordField } from '../auth/fields.ts';

/** Who becomes the first admin. */
export class SetUp {
  @LinkField()
  readonly token!: string;

  @EmailField({ example: 'admin@example.org' })
  readonly email!: string;

  @ApiPropertyOptional({ description: 'What people call you.', example: 'Alice', maxLength: 100 })
  @MayBeMissing()
  @IsLine(100)
  readonly name?: string;

  @PasswordField({ description: '15 to 256 characters of any kind, and not one that anyone would try first.' })
  readonly password!: string;
}
