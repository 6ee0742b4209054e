import { withoutNul } from '../without-nul.ts';

/** An e-mail address as accounts are told apart by it. */
export function storedEmail(email: string): string {
  return withoutNul(email).toLowerCase();
}

/**
 * More than any name of ours, and than an e-mail address may have. PostgreSQL refuses to index a text of more than some
 * 2,700 bytes.
 */
const MAX_LENGTH = 500;

/** The beginning of a text that may be of any length, such as what somebody called himself at the sign-in. */
export function shortened(text: string): string {
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1)}…`;
}
