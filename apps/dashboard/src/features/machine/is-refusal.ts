import { isForbidden, isMissing } from '../../api/api-error.ts';

/**
 * Whether an answer says that there is no such machine (any more), or that it is for others: then what was known of it is
 * not shown either. Everything else, such as too many requests, says nothing about the machine.
 */
export function isRefusal(error: Error): boolean {
  return isMissing(error) || isForbidden(error);
}
