import { normalizeEmail } from '#config';

/** RFC 5321, 4.5.3.1.3: no address is longer. */
const MAX_LENGTH = 254;

/**
 * What somebody unknown typed as his address, in the form in which accounts are told apart. Whatever comes in, a text comes out
 * that can be looked up, and written into the audit log without filling it.
 */
export function typedEmail(text: string): string {
  return normalizeEmail(text.slice(0, 4 * MAX_LENGTH).replaceAll('\0', '\uFFFD')).slice(0, MAX_LENGTH);
}
