import type { ProblemOf } from './check.ts';
import { redactUrl, showValue } from './show.ts';

/** The base URL of something on the web; it may have a path, and nothing that is secret or that a path is added after. */
export const httpUrlProblem: ProblemOf = value => {
  if (typeof value !== 'string' || !URL.canParse(value)) {
    return `${showValue(value)} is no URL: write it like http://10.0.0.11:19999`;
  }
  const { protocol, username, password, search, hash } = new URL(value);
  if (protocol !== 'http:' && protocol !== 'https:')
    return `${showValue(value)} begins neither with http:// nor with https://`;
  if (username !== '' || password !== '')
    return 'must not hold a user name or password: this file is no place for secrets';
  // `?` and `#` alone parse as an empty query and fragment, and would still swallow the path that is added to the URL.
  if (search !== '' || hash !== '' || /[?#\s]/.test(value))
    return `${showValue(value)} must end with its path, without "?" or "#"`;
  return null;
};

/** A base URL in the form in which paths are added to it: as the URL standard writes it, without a trailing slash. */
export function normalizeBaseUrl(url: string): string {
  return new URL(url).href.replace(/\/+$/, '');
}

/** A connection URL, which may hold a password, so that what is wrong is told without showing it. */
export function connectionUrlProblem(protocols: readonly string[], example: string): ProblemOf {
  return value => {
    if (typeof value !== 'string' || !URL.canParse(value)) {
      return `is no URL: write it like ${example}, special characters of the password percent-encoded`;
    }
    return protocols.includes(new URL(value).protocol)
      ? null
      : `${redactUrl(value)} does not begin with ${protocols[0]}//`;
  };
}
