import { excerptOf } from '../check/excerpt.ts';
import { ended, found, wrong, type Found } from '../check/finding.ts';
import { headerOf, type AnswerHead } from './answer.types.ts';
import type { Request } from './send-request.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Where an answer leads, as it may be shown: a query can hold a token. `null`: nowhere. */
export function showLocation(head: AnswerHead): string | null {
  const location = headerOf(head, 'location');
  return location === null ? null : excerptOf(location.replace(/[?#].*/s, ''));
}

/** Whether an answer only says that the page is elsewhere. */
export function isRedirect(head: AnswerHead): boolean {
  return REDIRECTS.has(head.status) && headerOf(head, 'location') !== null;
}

/** What is asked for. */
export type Target = Pick<Request, 'url' | 'method' | 'body'>;

/**
 * Where a redirect leads: as browsers do it, a POST becomes a GET unless the status (307, 308) forbids that.
 *
 * @param followed how many redirects were followed before this one, of `allowed`
 */
export function decideRedirect(
  head: AnswerHead,
  target: Target,
  { followed, allowed }: { readonly followed: number; readonly allowed: number },
): Found<Target> {
  const location = headerOf(head, 'location') ?? '';
  const measures = { status: head.status };
  if (followed >= allowed) {
    const detail = `Leads on after ${allowed} ${allowed === 1 ? 'redirect' : 'redirects'}, to ${showLocation(head)}.`;
    return ended(wrong('bad_response', detail, measures));
  }
  const url = URL.parse(location, target.url.href);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    const detail = `Leads to ${showLocation(head)}, which is no http or https URL.`;
    return ended(wrong('bad_response', detail, measures));
  }
  const staysPost = target.method !== 'POST' || head.status === 307 || head.status === 308;
  return found(staysPost ? { ...target, url } : { url, method: 'GET', body: null });
}
