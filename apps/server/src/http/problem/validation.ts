import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { INVALID_REQUEST_DETAIL, ProblemException, type ProblemPart } from './problem.ts';

/** Checks queries and bodies against their classes; everything wrong is told at once. Unknown parameters are refused. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: errors =>
      new ProblemException(
        400,
        'INVALID_REQUEST',
        INVALID_REQUEST_DETAIL,
        errors.flatMap(e => partsOf(e)),
      ),
  });
}

function partsOf(error: ValidationError, parent = ''): ProblemPart[] {
  const path = parent === '' ? error.property : `${parent}.${error.property}`;
  // Two rules may say the same.
  const own = [...new Set(Object.values(error.constraints ?? {}))].map(message => ({ path, message }));
  return [...own, ...(error.children ?? []).flatMap(child => partsOf(child, path))];
}
