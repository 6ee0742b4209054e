import { describe, expect, test } from 'vitest';
import { decideEncoding, decideHeaders, decideStatus, decideWish } from './decide-head.ts';
import { httpParametersOf, type Method } from './http-parameters.ts';

const expectationsOf = (more: object) => httpParametersOf({ url: 'http://a', ...more }).expected;
const headOf = (status: number, headers: Record<string, string | string[]> = {}) => ({ status, headers });

describe('the status', () => {
  test.each<[status: number, expected: object]>([
    [200, {}],
    [299, {}],
    [403, { status: 403 }],
    [500, { status: ['200-299', '500-599'] }],
  ])('%i is fine with %j', (status, expected) => {
    expect(decideStatus(headOf(status), expectationsOf(expected), null)).toBeNull();
  });

  test.each<[status: number, expected: object, auth: string | null, reason: string, detail: string]>([
    [300, {}, null, 'bad_response', 'Answers 300, expected 200-299.'],
    [500, { status: [200, 204] }, null, 'bad_response', 'Answers 500, expected 200 or 204.'],
    [401, {}, null, 'denied', 'Answers 401, expected 200-299: it wants a login, give the monitor auth.'],
    [401, {}, 'shop', 'denied', 'Answers 401, expected 200-299: it does not accept auth "shop".'],
    [403, {}, null, 'denied', 'Answers 403, expected 200-299: it forbids us the page.'],
    [403, {}, 'shop', 'denied', 'Answers 403, expected 200-299: it forbids the page to auth "shop".'],
  ])('%i with %j and auth %s is %s', (status, expected, auth, reason, detail) => {
    expect(decideStatus(headOf(status), expectationsOf(expected), auth)).toMatchObject({ reason, detail });
  });

  test('a redirect that is not followed says where it leads', () => {
    const finding = decideStatus(headOf(301, { location: '/new' }), expectationsOf({}), null);
    expect(finding?.detail).toBe('Answers 301, expected 200-299; it leads to “/new” (see redirects).');
  });
});

test.each<[Method, status: number, expected: object, wish: string]>([
  ['GET', 200, {}, 'length'],
  ['GET', 200, { text: 'x' }, 'text'],
  ['GET', 200, { json: { path: 'x' } }, 'text'],
  ['GET', 500, { text: 'x' }, 'nothing'],
  ['HEAD', 200, {}, 'nothing'],
])('of the body of a %s with status %i, when %j is expected, is wanted: %s', (method, status, expected, wish) => {
  expect(decideWish(headOf(status), method, expectationsOf(expected))).toBe(wish);
});

test.each<[headers: Record<string, string | string[]>, wanted: object, problem: string | null]>([
  [{ a: 'text/html' }, { A: 'html' }, null],
  [{ 'set-cookie': ['a=1', 'b=2'] }, { 'set-cookie': 'b=2' }, null],
  [{ a: 'x' }, { a: { regex: '^x$' } }, null],
  [{ a: 'x' }, { a: 'y' }, 'The header a should hold “y”, but is “x”.'],
  [{ a: 'x' }, { a: { regex: '^y' } }, 'The header a should hold “^y”, but is “x”.'],
  [{}, { constructor: 'y' }, 'The header constructor is not there; it should hold “y”.'],
])('%j with %j: %s', async (headers, header, problem) => {
  const { signal } = new AbortController();
  expect(await decideHeaders(headOf(200, headers), expectationsOf({ header }), signal)).toBe(problem);
});

test('a body that was packed although nobody asked for it is not read', () => {
  expect(decideEncoding(headOf(200))).toBeNull();
  expect(decideEncoding(headOf(200, { 'content-encoding': 'identity' }))).toBeNull();
  expect(decideEncoding(headOf(200, { 'content-encoding': 'gzip' }))).toContain('packed with “gzip”');
});
