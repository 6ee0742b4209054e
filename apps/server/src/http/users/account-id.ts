import { ApiParam } from '@nestjs/swagger';
import { userNotFound } from '#auth';

/** Every number of an account, and none that its column could not hold. */
const ACCOUNT_ID = /^[1-9]\d{0,8}$/;

/** Describes the parameter `user` of a path. */
export function UserParam(): MethodDecorator {
  return ApiParam({ name: 'user', type: 'integer', description: 'The id of the account.', example: 17 });
}

/**
 * The number of an account that a path names.
 *
 * @throws AuthError USER_NOT_FOUND: it is none, so it names no account
 */
export function accountIdOf(text: string): number {
  if (ACCOUNT_ID.test(text)) return Number(text);
  throw userNotFound();
}
