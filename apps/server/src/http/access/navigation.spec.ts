import { describe, expect, test } from 'vitest';
import { localPath } from './local-path.ts';
import { decideNavigation, isNavigation } from './navigation.ts';

const HTML = 'text/html,application/xhtml+xml,*/*;q=0.8';

test.each([
  ['a browser that goes to an address', 'GET', 'navigate', HTML, true],
  ['one that asks for its head only', 'HEAD', 'navigate', HTML, true],
  ['a script of a page', 'GET', 'cors', '*/*', false],
  ['a script that says it accepts pages', 'GET', 'cors', HTML, false],
  ['an event stream', 'GET', 'cors', 'text/event-stream', false],
  ['a browser over plain http', 'GET', undefined, HTML, true],
  ['a program', 'GET', undefined, '*/*', false],
  ['a program that says nothing', 'GET', undefined, undefined, false],
  ['a form', 'POST', 'navigate', HTML, false],
] as const)('%s navigates or not', (_who, method, fetchMode, accept, expected) => {
  expect(isNavigation({ method, fetchMode, accept })).toBe(expected);
});

describe('a browser that was refused', () => {
  const going = { method: 'GET', fetchMode: 'navigate', accept: HTML };

  test.each([
    [
      'goes to sign in and comes back',
      'unknown',
      '/api/v1/networks?limit=2',
      '/sign-in?next=%2Fapi%2Fv1%2Fnetworks%3Flimit%3D2',
    ],
    ['never comes back to another host', 'unknown', '//evil.example/', '/sign-in?next=%2F'],
    ['nor to one that a proxy was asked for', 'unknown', 'http://evil.example/', '/sign-in?next=%2F'],
    [
      'goes to a page that says what is missing',
      'missing-permission',
      '/api/v1/storage?a=b',
      '/forbidden?permission=server%3Aread&path=%2Fapi%2Fv1%2Fstorage',
    ],
    [
      'with a token where a session is needed, too',
      'session-only',
      '/api/v1/tokens',
      '/forbidden?permission=server%3Aread&path=%2Fapi%2Fv1%2Ftokens',
    ],
  ] as const)('%s', (_what, reason, url, location) => {
    expect(decideNavigation({ ...going, url, reason, needed: 'server:read' })).toBe(location);
  });

  test('by a script gets no page', () => {
    const asked = { ...going, fetchMode: 'cors', url: '/', reason: 'unknown', needed: 'metrics:read' } as const;
    expect(decideNavigation(asked)).toBeNull();
  });
});

test.each([
  ['/', '/'],
  ['/machines/acme/db-1?range=1d#cpu', '/machines/acme/db-1?range=1d#cpu'],
  ['/a//b', '/a//b'],
  ['', '/'],
  ['machines', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/\n/evil.example', '/'],
  ['\t//evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  [`/${'a'.repeat(2_000)}`, '/'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
])('after signing in, %j leads to %s', (next, path) => {
  expect(localPath(next)).toBe(path);
});
