import { AuthError, type GoogleProfile } from '#auth';
import { emailProblem, normalizeEmail } from '#config';

const MAX_NAME = 100;
/** Google's ids are at most 255 characters of ASCII. */
const SUBJECT = /^[!-~]{1,255}$/;

/**
 * Who Google says it is, from the answer of its userinfo endpoint (OpenID Connect Core 1.0, section 5.1).
 *
 * @throws AuthError GOOGLE_UNAVAILABLE: it names nobody; GOOGLE_UNVERIFIED: without an address
 */
export function parseGoogleProfile(claims: unknown): GoogleProfile {
  const { sub, email, email_verified: verified, name, hd } = { ...(claims as Record<string, unknown>) };
  if (typeof sub !== 'string' || !SUBJECT.test(sub))
    throw new AuthError('GOOGLE_UNAVAILABLE', 'Google did not say who you are. Try again in a while.');
  if (typeof email !== 'string' || emailProblem(email) !== null)
    throw new AuthError('GOOGLE_UNVERIFIED', 'Google did not say which e-mail address is yours.');
  // Only the claim itself counts: a text "false" would be true.
  const hostedDomain = typeof hd === 'string' ? hd.toLowerCase() : null;
  return { subject: sub, email: normalizeEmail(email), verified: verified === true, name: nameOf(name), hostedDomain };
}

/** What somebody calls himself at Google is stored and shown, so it is one line. */
function nameOf(name: unknown): string {
  if (typeof name !== 'string') return '';
  const line = name
    .toWellFormed()
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim();
  return line.slice(0, MAX_NAME).toWellFormed();
}
