import type { ProblemOf } from '../validation/check.ts';
import { domainProblem, emailProblem } from '../validation/email-problems.ts';
import { isLoopback } from '../validation/loopback.ts';
import { showValue } from '../validation/show.ts';
import { oneOfProblem } from '../validation/text-problems.ts';

/** NIST SP 800-63B-4 section 3.1.1.2, for a password that is the only factor. */
const MIN_PASSWORD_CHARACTERS = 15;
const MAX_PASSWORD_CHARACTERS = 256;

/** Only its length; what else makes a password weak is told when the account is made. No message ever quotes it. */
export const passwordProblem: ProblemOf = value => {
  const { length } = Array.from(String(value).normalize('NFKC'));
  if (length < MIN_PASSWORD_CHARACTERS)
    return `is too short: at least ${MIN_PASSWORD_CHARACTERS} characters, of any kind, such as a few words`;
  return length > MAX_PASSWORD_CHARACTERS ? `is longer than ${MAX_PASSWORD_CHARACTERS} characters` : null;
};

/** What an account may be. The table of permissions (libs/auth) says what each may do. */
const ACCOUNT_ROLES = ['user', 'admin'] as const;
export const accountRoleProblem: ProblemOf = oneOfProblem(ACCOUNT_ROLES);

/** E-mail addresses and domains (`@example.org` or `example.org`), separated by commas. */
export const allowedProblem: ProblemOf = value => {
  const problems = splitAllowed(String(value)).map(entry =>
    entry.includes('@') ? emailProblem(entry) : domainProblem(entry),
  );
  return problems.find(problem => problem !== null) ?? null;
};

/** The entries of such a list in lower case, domains without their `@`. What is wrong is still in it. */
export function splitAllowed(text: string): string[] {
  return text.split(',').map(entry => entry.trim().toLowerCase().replace(/^@/, ''));
}

/** Secrets go there, so nobody may listen on the way; what stands in for it on this machine needs no certificate. */
export const endpointProblem: ProblemOf = value => {
  if (typeof value !== 'string' || !URL.canParse(value)) return `${showValue(value)} is no URL`;
  const { protocol, hostname, username, password, hash } = new URL(value);
  if (username !== '' || password !== '' || hash !== '') return 'must hold neither a user name, a password nor a "#"';
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) return null;
  return `${showValue(value)} must begin with https://; http:// is for a loopback address only`;
};

/** The strategy takes every other path for an older form of the answer. */
export const userinfoProblem: ProblemOf = value =>
  endpointProblem(value) ??
  (new URL(String(value)).pathname.endsWith('/userinfo') ? null : `${showValue(value)} must end in /userinfo`);
