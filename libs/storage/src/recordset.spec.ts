import { describe, expect, it } from 'vitest';
import { recordset, recordsetParameter } from './recordset.ts';

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
  ])('%s becomes what PostgreSQL can store', (_title, given, stored) => {
    expect(JSON.parse(recordsetParameter([{ name: given }]))).toEqual([{ name: stored }]);
  });

  it('a number that is not finite becomes null', () => {
    expect(recordsetParameter([{ a: Number.NaN, b: Number.POSITIVE_INFINITY, c: 0.1 }])).toBe(
      '[{"a":null,"b":null,"c":0.1}]',
    );
  });
});
