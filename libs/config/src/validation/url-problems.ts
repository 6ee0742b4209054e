import type { ProblemOf } from './check.ts';
import { showValue } from './show.ts';

/** The base URL of something on the web; it may have a path, and nothing that is secret or that a path is added after. */
export const httpUrlProblem: ProblemOf = value => {
  if (typeof value !== 'string' || !URL.canParse(value)) {
    return `${showValue(value)} is no URL: write it like http://10.0.0.11:19999`;
  }
  if (!/^https?:\/\//i.test(value)) return `${showValue(value)} begins neither with http:// nor with https://`;
  const { username, password, search, hash } = new URL(value);
  if (username !== '' || password !== '') return 'must not hold a user name or password: whoever reads this reads them';
  // `?` and `#` alone parse as an empty query and fragment, and would still swallow the path that is added to the URL.
  // What stands behind it can be a token, so it is not shown.
  if (search !== '' || hash !== '' || /[?#\s]/.test(value))
    return 'must end with its path, without "?", "#" or a space';
  return null;
};

/** A base URL in the form in which paths are added to it: as the URL standard writes it, without a trailing slash. */
export function normalizeBaseUrl(url: string): string {
  return new URL(url).href.replace(/\/+$/, '');
}

/** A connection URL, such as `postgresql://user:password@host/name`. It may hold a password, so it is never shown. */
export function connectionUrlProblem(protocols: readonly string[], example: string): ProblemOf {
  return value => {
    if (typeof value !== 'string' || !URL.canParse(value)) {
      return `is no URL: write it like ${example}, special characters of the password percent-encoded`;
    }
    return protocols.includes(new URL(value).protocol) ? null : `must begin with ${protocols.join('// or ')}//`;
  };
}
