import { describe, expect, test } from 'vitest';
import { csvFileName, csvLine, csvRow } from './csv.ts';

describe('a line of CSV', () => {
  test.each([
    ['plain texts and numbers', ['web-1', 12.5, -3, 1e300, true, null], 'web-1,12.5,-3,1e+300,true,\r\n'],
    ['a comma', ['a,b'], '"a,b"\r\n'],
    ['a quote', ['a"b'], '"a""b"\r\n'],
    ['a line end', ['a\r\nb'], '"a\r\nb"\r\n'],
    ['letters of every kind', ['é 温度'], 'é 温度\r\n'],
    ['a formula', ['=cmd|x'], "'=cmd|x\r\n"],
    ['a formula with a comma', ['@SUM(1,2)'], '"\'@SUM(1,2)"\r\n'],
    ['other beginnings of formulas', ['+1', '-1', '\tx'], "'+1,'-1,'\tx\r\n"],
    ['a formula behind a line end', ['\r=1'], '"\'\r=1"\r\n'],
  ])('of %s', (_what, cells, line) => {
    expect(csvLine(cells)).toBe(line);
  });

  test('of a row has its values digit by digit, and nothing where they are null', () => {
    const row = {
      facts: ['2026-11-20T10:00:00.000Z', true, null],
      values: '[0.1,null,-2.5e-07,null]',
      charts: [7, null],
    };
    expect(csvRow(row, ['web-1'])).toBe('web-1,2026-11-20T10:00:00.000Z,true,,0.1,,-2.5e-07,,7,\r\n');
  });
});

test.each([
  [['local', 'web-1', '10m'], 'local-web-1-10m.csv'],
  [['a/../b', 'x"\r\ny', 'ü'], 'a_.._b-x_y-_.csv'],
  [['x'.repeat(300)], `${'x'.repeat(150)}.csv`],
])('the name of a file made of %j is safe', (parts, name) => {
  expect(csvFileName(parts)).toBe(name);
});
