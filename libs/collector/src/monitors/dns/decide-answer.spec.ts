import { describe, expect, test } from 'vitest';
import { decideAnswer, decideRefusal } from './decide-answer.ts';
import type { RecordType } from './dns-parameters.ts';
import { recordText, type RawRecord } from './record-text.ts';

const question = (type: RecordType, expected: readonly string[] = []) => ({
  query: 'a.example',
  type,
  expect: expected,
  server: 'ns:53',
});

describe('the records', () => {
  test.each<[RecordType, expected: string[], records: string[], reason: string | null]>([
    ['A', [], ['192.0.2.1'], null],
    ['A', [], [], 'no_data'],
    ['A', ['192.0.2.2'], [], 'no_data'],
    ['A', ['192.0.2.2'], ['192.0.2.1', '192.0.2.2'], null],
    ['A', ['192.0.2.3'], ['192.0.2.1', '192.0.2.2'], 'bad_response'],
    ['AAAA', ['2001:0DB8::1'], ['2001:db8:0:0::1'], null],
    ['NS', ['NS1.example.'], ['ns1.example'], null],
    ['MX', ['10  mail.example.'], ['10 mail.example'], null],
    ['TXT', ['Case Matters'], ['case matters'], 'bad_response'],
    ['CAA', ['0 issue ca.example'], ['0 issue "ca.example"'], null],
  ])('%s, expected %j, got %j: %s', (type, expected, records, reason) => {
    const finding = decideAnswer(question(type, expected), records);
    expect(finding).toMatchObject({ reason, measures: { answers: records.length } });
  });

  test('only a few of many are shown, and nothing that a terminal would act upon', () => {
    const records = ['\u001b[2J1', '2', '3', '4', '5', '6', '7'];
    expect(decideAnswer(question('TXT'), records).detail).toBe('a.example TXT: [2J1, 2, 3, 4, 5 and 2 more.');
  });
});

test.each([
  ['ENOTFOUND', 'dns', 'NXDOMAIN'],
  ['ESERVFAIL', 'dns', 'SERVFAIL'],
  ['ENODATA', 'no_data', 'no such record'],
  ['EREFUSED', 'denied', 'REFUSED'],
  ['ECONNREFUSED', 'refused', 'does not listen'],
  ['ETIMEOUT', 'timeout', 'in time'],
  ['EBADRESP', 'bad_response', 'no answer'],
  ['EMFILE', 'unobserved', 'could not be asked (EMFILE)'],
])('%s is %s', (code, reason, why) => {
  expect(decideRefusal(question('A'), code)).toMatchObject({ reason, detail: expect.stringContaining(why) });
});

test.each<[RawRecord, string]>([
  ['192.0.2.1', '192.0.2.1'],
  [['one ', 'text'], 'one text'],
  [{ priority: 10, exchange: 'mail.example' } as RawRecord, '10 mail.example'],
  [{ priority: 1, weight: 2, port: 3, name: 'x' } as RawRecord, '1 2 3 x'],
  [{ critical: 128, issuewild: 'ca.example' } as RawRecord, '128 issuewild "ca.example"'],
])('%j is written as %s', (record, text) => {
  expect(recordText(record)).toBe(text);
});
