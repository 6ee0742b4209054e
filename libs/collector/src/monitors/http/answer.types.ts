import type { IncomingHttpHeaders } from 'node:http';
import type { Body } from '../../reading/body.ts';

/** Status and headers of an answer. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** What of the body is wanted: nothing (it is not even read), how long it is, or all of it. */
export type BodyWish = 'nothing' | 'length' | 'text';

/** An answer, as far as it was wanted. */
export interface Answer extends AnswerHead {
  /** The length of the body; `null`: it was not read. */
  readonly bytes: number | null;
  /** `null`: it was not wanted. */
  readonly body: Body | null;
}

/** The value of a header; several of one name are one list, as RFC 9110 section 5.3 has it. `null`: not there. */
export function headerOf({ headers }: AnswerHead, name: string): string | null {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  if (value === undefined) return null;
  return Array.isArray(value) ? value.join(', ') : value;
}
