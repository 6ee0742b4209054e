import { IsOptional, ValidateBy } from 'class-validator';

/** Says what is wrong with a value, and what to write instead. `null`: nothing. */
export type ProblemOf = (value: unknown) => string | null;

/** The property must be there, and `problemOf` must find nothing. */
export function Required(problemOf: ProblemOf): PropertyDecorator {
  const messageFor = (value: unknown) => (value === undefined ? 'is missing' : problemOf(value));
  return ValidateBy({
    name: 'problem',
    validator: {
      validate: value => messageFor(value) === null,
      defaultMessage: found => messageFor(found?.value) ?? '',
    },
  });
}

/** The property may be missing; when it is there, `problemOf` must find nothing. */
export function Optional(problemOf: ProblemOf): PropertyDecorator {
  const decorators = [IsOptional(), Required(problemOf)];
  return (target, key) => decorators.forEach(decorate => decorate(target, key));
}
