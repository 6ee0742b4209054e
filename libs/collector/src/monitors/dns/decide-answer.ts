import type { Reason } from '#config';
import { excerptOf } from '../check/excerpt.ts';
import { fine, wrong, type Finding } from '../check/finding.ts';
import type { RecordType } from './dns-parameters.ts';
import { normalizedRecord } from './record-text.ts';

const SHOWN_RECORDS = 5;

/** What was asked, and of whom. */
export interface Question {
  readonly query: string;
  readonly type: RecordType;
  readonly expect: readonly string[];
  /** Who is asked, as a sentence names it: `10.0.0.2:53`, `the resolver of this host`. */
  readonly server: string;
}

/** Whether the records that came are those that were expected. */
export function decideAnswer({ query, type, expect, server }: Question, records: readonly string[]): Finding {
  const measures = { answers: records.length };
  const found = new Set(records.map(record => normalizedRecord(record, type)));
  const missing = expect.filter(record => !found.has(normalizedRecord(record, type)));
  if (records.length === 0) return wrong('no_data', `${server} has no ${type} record of ${query}.`, measures);
  if (missing.length === 0) return fine(`${query} ${type}: ${show(records)}.`, measures);
  const detail = `${server} should answer ${show(missing)} for ${query} ${type}, but answers ${show(records)}.`;
  return wrong('bad_response', detail, measures);
}

/** What each code of c-ares means: the reason, and what the server does. */
const REFUSALS: Readonly<Record<string, readonly [reason: Reason, does: string]>> = {
  ENOTFOUND: ['dns', 'says that there is no such name (NXDOMAIN)'],
  ESERVFAIL: ['dns', 'could not find out (SERVFAIL)'],
  ENOTIMP: ['dns', 'does not know such questions (NOTIMP)'],
  EFORMERR: ['dns', 'does not understand the question (FORMERR)'],
  ENODATA: ['no_data', 'knows the name, but no such record of it'],
  EREFUSED: ['denied', 'refuses to answer us (REFUSED)'],
  ECONNREFUSED: ['refused', 'does not listen there'],
  ETIMEOUT: ['timeout', 'gives no answer in time'],
  EBADRESP: ['bad_response', 'sends something that is no answer'],
  EBADNAME: ['bad_response', 'cannot be asked for a name that is none'],
};

/** What it means that no records came. */
export function decideRefusal({ query, type, server }: Question, code: string): Finding {
  const [reason, does] = REFUSALS[code] ?? ['unobserved', `could not be asked (${code})`];
  return wrong(reason, `${query} ${type}: ${server} ${does}.`);
}

function show(records: readonly string[]): string {
  const shown = records.slice(0, SHOWN_RECORDS).map(record => excerptOf(record).slice(1, -1));
  const more = records.length - SHOWN_RECORDS;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
