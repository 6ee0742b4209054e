import type { ProblemOf } from './check.ts';
import { showValue } from './show.ts';
import { hostProblem } from './text-problems.ts';

/** RFC 5321 section 4.5.3.1: a path of 256 characters, of which two are its brackets. */
const MAX_EMAIL_CHARACTERS = 254;

/** What stands before the `@`. Whether anybody reads what is sent there, no rule tells; this finds what was mistyped. */
const LOCAL_PART = /^[^\s@,;:<>()[\]\\"\p{C}]{1,64}$/u;

/** An e-mail address: one `@` between a name and a domain. */
export const emailProblem: ProblemOf = value => {
  if (typeof value === 'string' && value.length <= MAX_EMAIL_CHARACTERS) {
    const [local = '', domain = '', ...more] = value.split('@');
    if (more.length === 0 && LOCAL_PART.test(local) && domainProblem(domain) === null) return null;
  }
  return `${showValue(value)} is no e-mail address: write it like alice@example.org`;
};

/** The domain of e-mail addresses. */
export const domainProblem: ProblemOf = value =>
  hostProblem(value) === null ? null : `${showValue(value)} is no domain: write it like example.org`;

/** An address in the form in which accounts are told apart. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}
