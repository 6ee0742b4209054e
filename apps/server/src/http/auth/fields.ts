import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateBy, ValidateIf } from 'class-validator';
import { emailProblem, normalizeEmail } from '#config';

/** The most that is read of a password: far above what is accepted, so that the rules can say what is wrong. */
const MAX_PASSWORD = 4_096;

/** May be left out. Other than `IsOptional` this does not let `null` through, which means something else than nothing. */
export function MayBeMissing(): PropertyDecorator {
  return ValidateIf((_object, value) => value !== undefined);
}

/** A line of text: no control characters, and nothing that is no character (both are refused by a database's JSON). */
export function IsLine(maxLength: number): PropertyDecorator {
  return IsText(maxLength, /^[^\p{Cc}\p{Cs}]*$/u, 'one line of text');
}

/** Text that is not too long; one sentence says all that is wrong with anything else. */
export function IsText(maxLength: number, pattern = /^/, kind = 'text'): PropertyDecorator {
  const validate = (value: unknown): boolean =>
    typeof value === 'string' && value.length <= maxLength && pattern.test(value);
  const defaultMessage = (): string => `must be ${kind}, of at most ${maxLength} characters`;
  return ValidateBy({ name: 'isText', validator: { validate, defaultMessage } });
}

/** An e-mail address; space around it and capital letters do not count. */
export function EmailField(options: ApiPropertyOptions = {}): PropertyDecorator {
  const defaultMessage = (): string => 'must be an e-mail address, such as alice@example.org';
  const validate = (value: unknown): boolean => emailProblem(value) === null;
  return applyDecorators(
    ApiProperty({ description: 'Upper and lower case are the same.', example: 'alice@example.org', ...options }),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? normalizeEmail(value) : value)),
    ValidateBy({ name: 'isEmailAddress', validator: { validate, defaultMessage } }),
  );
}

/** A password as it is typed. Whether it is good enough for a new one, libs/auth says. */
export function PasswordField(options: ApiPropertyOptions): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ format: 'password', example: 'correct horse battery staple', ...options }),
    IsText(MAX_PASSWORD),
  );
}

/** The secret part of a link, the one behind its "#". What is no secret at all is a link that does not work. */
export function LinkField(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      description: 'What stands behind the "#" of the link.',
      example: 'pXhXoU6nWMvTt6cXZ0yAYTnhGYhMqdBFmQ2wZ1bM3fE',
    }),
    IsText(200, /./, 'the secret of a link'),
  );
}
