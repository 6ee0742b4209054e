/** NIST SP 800-63B-4, 3.1.1.2: at least 15 where a password is the only factor. */
const MIN_LENGTH = 15;
/** Far above the 64 that have to be allowed, and still little to hash. */
const MAX_LENGTH = 256;
/** What the service is called is the first thing to be tried. */
const SERVICE = 'distomon';

/**
 * The form in which a password is measured, hashed and verified: NFKC, so that the same keys give the same password on every
 * system (NIST SP 800-63B-4, 3.1.1.2).
 */
export function normalizePassword(password: string): string {
  return password.normalize('NFKC');
}

/**
 * Why a password is not accepted, as a sentence; `null`: it is. There are no rules of composition. What is refused besides
 * short ones is what follows from the account or from no thought at all: the words of a context-specific blocklist.
 *
 * @param account whose password it is to be
 */
export function passwordProblemOf(password: string, { email }: { readonly email: string }): string | null {
  const normal = normalizePassword(password);
  const { length } = Array.from(normal);
  if (length < MIN_LENGTH) return `A password must have at least ${MIN_LENGTH} characters; this one has ${length}.`;
  if (length > MAX_LENGTH) return `A password must have at most ${MAX_LENGTH} characters; this one has ${length}.`;
  const word = normal.toLowerCase();
  const address = email.toLowerCase();
  const localPart = address.slice(0, Math.max(0, address.lastIndexOf('@')));
  if (word === address) return 'A password must not be the e-mail address.';
  if (isRepeated(word, localPart))
    return 'A password must not be a part of the e-mail address, however often repeated.';
  if (isRepeated(word, Array.from(word)[0] ?? '')) return 'A password must not be one character repeated.';
  if (isRun(word)) return 'A password must not be a run of characters, such as abcdef or 123456.';
  if (isRepeated(word, SERVICE)) return `A password must not be "${SERVICE}" repeated.`;
  return null;
}

/** Whether the text is nothing but the part, again and again; the last time it may be cut off. */
function isRepeated(text: string, part: string): boolean {
  return part !== '' && text === part.repeat(Math.ceil(text.length / part.length)).slice(0, text.length);
}

const RUNS = ['abcdefghijklmnopqrstuvwxyz', '0123456789', 'qwertyuiopasdfghjklzxcvbnm'];

/** Whether the text follows one of the rows, forwards or backwards, round and round. */
function isRun(text: string): boolean {
  return RUNS.flatMap(row => [row, row.split('').toReversed().join('')]).some(row => {
    const start = row.indexOf(text.charAt(0));
    return start >= 0 && isRepeated(text, row.slice(start) + row.slice(0, start));
  });
}
