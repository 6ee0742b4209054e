import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PointScanner } from './point-scanner.ts';

function scan(text: string): (number | null)[][] | null {
  const scanned = new PointScanner().scan(Buffer.from(`x${text}y`), 1);
  if (scanned === null) return null;
  expect(scanned.end).toBe(1 + text.length);
  const { rows, columns, numbers } = scanned.points;
  return Array.from({ length: rows }, (_, row) =>
    Array.from(numbers.subarray(row * columns, (row + 1) * columns), value => (Number.isNaN(value) ? null : value)),
  );
}

describe('PointScanner', () => {
  it.each([
    ['no rows', '[]'],
    ['rows of numbers and nulls', '[[1795173600,0,-1.5,null],[1795173599,12.25,3,0.0000001]]'],
    ['white space wherever JSON allows it', '[ [ 1 ,\n\t2.5 ]\r\n, [ 3 , null ] ]'],
    ['exponents', '[[1e3,2.5E-7,-3e+2]]'],
    ['more digits than a double holds', '[[0.12345678901234567,123456789012345.678]]'],
  ])('reads %s as JSON does', (_, text) => {
    expect(scan(text)).toEqual(JSON.parse(text));
  });

  it('reads every number exactly as JSON does', () => {
    const number = fc.oneof(
      fc.double({ min: -1e15, max: 1e15, noNaN: true }).filter(value => value === 0 || Math.abs(value) > 1e-11),
      fc.integer({ min: -4_294_967_296, max: 4_294_967_296 }),
      fc.integer({ min: 0, max: 99_999_999 }).map(value => value / 1e7),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(number, fc.option(number)), { minLength: 1 }), rows => {
        const text = JSON.stringify(rows);
        expect(scan(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('holds as many numbers as there are, and leaves those of the answer before alone', () => {
    const scanner = new PointScanner();
    const rows = Array.from({ length: 3000 }, (_, row) => [row, row / 8, null, -row]);
    const first = scanner.scan(Buffer.from(JSON.stringify(rows)), 0);
    expect([first?.points.rows, first?.points.columns, first?.points.numbers[4 * 2999 + 3]]).toEqual([3000, 4, -2999]);
    expect(scanner.scan(Buffer.from('[[7]]'), 0)?.points).toMatchObject({ rows: 1, columns: 1 });
    expect(first?.points.numbers[0]).toBe(0);
  });

  it.each([
    '',
    '[',
    '[[',
    '[[1',
    '[[1]',
    '[[1],',
    '[[1],]',
    '[[1,]]',
    '[[]]',
    '[1]',
    '[[1],[1,2]]',
    '[[1,2],[3]]',
    '[["1"]]',
    '[[true]]',
    '[[nul]]',
    '[[nullnull]]',
    '[[-]]',
    '[[.5]]',
    '[[1.]]',
    '[[01]]',
    '[[1e]]',
    '[[1e5.5]]',
    '[[+1]]',
    '[[0x10]]',
    '[[NaN]]',
    '[[1e999]]',
    '[[2e15]]',
    '[[[1]]]',
    '[[{}]]',
    '{}',
  ])('refuses %s', text => {
    expect(new PointScanner().scan(Buffer.from(text), 0)).toBeNull();
  });
});
