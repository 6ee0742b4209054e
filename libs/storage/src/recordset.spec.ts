import { describe, expect, it } from 'vitest';
import { recordset, recordsetJson, recordsetParameter } from './recordset.ts';

describe('recordset', () => {
  it('names the columns with their types', () => {
    expect(recordset('r', { machine_id: 'integer', at: 'timestamptz' })).toBe(
      'json_to_recordset(?) as r(machine_id integer, at timestamptz)',
    );
  });

  it.each([
    ['a plain text', 'db-1 \\u0000 kept', 'db-1 \\u0000 kept'],
    ['a NUL', 'a\0b', 'a\uFFFDb'],
    ['half of a surrogate pair', 'a\ud83db', 'a\uFFFDb'],
    ['a whole surrogate pair', '\u{1F600}', '\u{1F600}'],
    ['a NUL after backslashes', '\\\0\\\\\0', '\\\uFFFD\\\\\uFFFD'],
    ['backslashes before what looks like a NUL', '\\\\u0000\\ud800', '\\\\u0000\\ud800'],
  ])('%s becomes what PostgreSQL can store', (_title, given, stored) => {
    expect(JSON.parse(recordsetJson([{ name: given }]))).toEqual([{ name: stored }]);
  });

  it('so do the keys of what is stored as JSON', () => {
    const given = { 'a\0': { '\ud800b': ['c\0'] } };
    expect(JSON.parse(recordsetJson([{ charts: given }]))).toEqual([
      { charts: { 'a\uFFFD': { '\uFFFDb': ['c\uFFFD'] } } },
    ]);
  });

  it('a number that is not finite becomes null', () => {
    expect(recordsetJson([{ a: Number.NaN, b: Number.POSITIVE_INFINITY, c: 0.1 }])).toBe(
      '[{"a":null,"b":null,"c":0.1}]',
    );
  });

  it('quotes and backslashes do not end the literal', () => {
    const { sql } = recordsetParameter([{ a: `it's \\ ?` }]);
    expect(sql).toBe(String.raw`E'[{"a":"it''s \\\\ ?"}]'`);
  });
});
