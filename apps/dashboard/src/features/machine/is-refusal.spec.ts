import { expect, it } from 'vitest';
import { ApiError, NO_ANSWER } from '../../api/api-error.ts';
import { isRefusal } from './is-refusal.ts';

it.each([
  [404, true],
  [403, true],
  [401, false],
  [429, false],
  [400, false],
  [503, false],
])('status %i says that there is no such machine for this account: %s', (status, expected) => {
  expect(isRefusal(new ApiError('X', status, null))).toBe(expected);
});

it('no answer says nothing about the machine', () => {
  expect(isRefusal(new ApiError(NO_ANSWER, null, null))).toBe(false);
});
