import { describe, expect, it } from 'vitest';
import { ApiError, isNoAnswer, isWorthRetrying, problemOf } from './api-error.ts';
import { parseVerdict } from './live-events.ts';
import { liveUrl } from './live-url.ts';
import { reconnectDelayMs } from './reconnect-delay.ts';

describe('the wait before the next attempt', () => {
  it.each([
    [1, 0, 500],
    [1, 1, 1_000],
    [2, 1, 2_000],
    [5, 1, 16_000],
    [6, 1, 30_000],
    [500, 0, 15_000],
  ])('after %i failures with luck %d is %i ms', (failures, random, waitMs) => {
    expect(reconnectDelayMs(failures, random)).toBe(waitMs);
  });
});

describe('a bad answer', () => {
  it.each([
    [
      'a problem document',
      { code: 'network_not_found', title: 'Not Found', detail: 'No such network.' },
      'network_not_found',
      'No such network.',
    ],
    ['a problem without detail', { code: 'x', title: 'Not Found' }, 'x', 'Not Found'],
    ["a proxy's page", '<html>Bad Gateway</html>', 'http_502', null],
    ['nothing', undefined, 'http_502', null],
  ])('%s keeps what it says', (_, body, code, detail) => {
    const error = problemOf(new Response(null, { status: 502 }), body);
    expect([error.code, error.detail, error.status, isNoAnswer(error)]).toEqual([code, detail, 502, false]);
  });
});

describe('what else a bad answer says', () => {
  it.each([
    ['a wait', '12', 12],
    ['no wait', null, null],
    ['a date, which is not ours', 'Fri, 20 Nov 2026 10:00:00 GMT', null],
  ])('%s', (_, header, seconds) => {
    const headers = new Headers(header === null ? {} : { 'retry-after': header });
    expect(problemOf({ status: 429, headers }, {}).extras.retryAfterSeconds).toBe(seconds);
  });

  it.each([
    ['the fields that are wrong', [{ path: 'email', message: 'must be an address' }], { email: 'must be an address' }],
    ['no fields', undefined, {}],
    ['fields in another shape', [null, 'email'], {}],
  ])('%s', (_, errors, fields) => {
    expect(problemOf(new Response(null, { status: 400 }), { errors }).extras.fields).toEqual(fields);
  });

  it.each([
    [null, true],
    [500, true],
    [503, true],
    [401, false],
    [403, false],
    [404, false],
  ])('%j may be answered better in a moment: %s', (status, isWorth) => {
    expect(isWorthRetrying(new ApiError('x', status, null))).toBe(isWorth);
  });
});

describe('where live events come from', () => {
  it.each([
    ['all machines of a network that is small enough', 300, ['b'], '/api/v1/live?network=a%26b'],
    [
      'what is in view of a bigger one, in a stable order',
      301,
      ['b', 'a'],
      '/api/v1/live?network=a%26b&machines=a%2Cb',
    ],
    ['nowhere as long as nothing is in view', 301, [], null],
  ])('%s', (_, total, inView, url) => {
    expect(liveUrl('a&b', total, inView)).toBe(url);
  });
});

describe('a state change', () => {
  const told = { sequence: 7, machine: 'shop', to: 'down', at: '2026-11-20T10:00:00.000Z' };

  it.each([
    ['of a service', { kind: 'service' }, 'service'],
    ['of a machine', { kind: 'machine' }, 'machine'],
    ['of a server that knows no services yet', {}, 'machine'],
  ])('%s says what it is of', (_, change, kind) => {
    expect(parseVerdict(JSON.stringify({ ...told, ...change }))).toEqual({ ...told, kind, reason: null });
  });

  it.each([
    ['without a name', { machine: 7 }],
    ['to no state', { to: 'gone' }],
    ['at no time', { at: 'soon' }],
    ['without a sequence', { sequence: 'x' }],
  ])('%s is left out', (_, change) => {
    expect(parseVerdict(JSON.stringify({ ...told, ...change }))).toBeNull();
  });
});
