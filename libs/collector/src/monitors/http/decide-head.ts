import { excerptOf } from '../check/excerpt.ts';
import { wrong, type Finding } from '../check/finding.ts';
import { searchText } from '../check/pattern/search-text.ts';
import { headerOf, type AnswerHead, type BodyWish } from './answer.types.ts';
import { showLocation } from './decide-redirect.ts';
import type { Expectations, HeaderExpectation, Method } from './http-parameters.ts';
import { isIn, showStatuses } from './status-range.ts';

/** What of a body has to be read to know whether the answer is as it should be. */
export function decideWish(head: AnswerHead, method: Method, expected: Expectations): BodyWish {
  if (method === 'HEAD' || decideStatus(head, expected, null) !== null) return 'nothing';
  const { text, notText, regex, json } = expected;
  return text === null && notText === null && regex === null && json.length === 0 ? 'length' : 'text';
}

/**
 * Whether the status is one of those that are expected.
 *
 * @param auth the name of the secret that was sent; `null`: none
 */
export function decideStatus(
  head: AnswerHead,
  { status: expected }: Expectations,
  auth: string | null,
): Finding | null {
  const { status } = head;
  if (isIn(status, expected)) return null;
  const answers = `Answers ${status}, expected ${showStatuses(expected)}`;
  if (status === 401 || status === 403) return wrong('denied', `${answers}: ${deniedBy(status, auth)}.`);
  const location = status >= 300 && status < 400 ? showLocation(head) : null;
  return wrong('bad_response', `${answers}${location === null ? '' : `; it leads to ${location} (see redirects)`}.`);
}

/** What is wrong with the headers, as a sentence. `null`: nothing. */
export async function decideHeaders(
  head: AnswerHead,
  { headers }: Expectations,
  over: AbortSignal,
): Promise<string | null> {
  for (const expected of headers) {
    const problem = await decideHeader(head, expected, over);
    if (problem !== null) return problem;
  }
  return null;
}

/** Whether the body can be read. */
export function decideEncoding(head: AnswerHead): string | null {
  const encoding = headerOf(head, 'content-encoding') ?? 'identity';
  return encoding === 'identity' ? null : `The body is packed with ${excerptOf(encoding)}, which nobody asked for.`;
}

async function decideHeader(
  head: AnswerHead,
  { name, value: wanted }: HeaderExpectation,
  over: AbortSignal,
): Promise<string | null> {
  const value = headerOf(head, name);
  const source = typeof wanted === 'string' ? wanted : wanted.source;
  if (value === null) return `The header ${name} is not there; it should hold ${excerptOf(source)}.`;
  const isThere = typeof wanted === 'string' ? value.includes(wanted) : await searchText(wanted, value, over);
  return isThere ? null : `The header ${name} should hold ${excerptOf(source)}, but is ${excerptOf(value)}.`;
}

function deniedBy(status: number, auth: string | null): string {
  if (status === 403) return auth === null ? 'it forbids us the page' : `it forbids the page to auth "${auth}"`;
  return auth === null ? 'it wants a login, give the monitor auth' : `it does not accept auth "${auth}"`;
}
