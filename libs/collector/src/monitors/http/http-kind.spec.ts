import { describe, expect, test } from 'vitest';
import { monitorProblems } from '../../../test/monitor-problems.ts';
import { httpParametersOf } from './http-parameters.ts';

const url = 'https://shop.example/health?full=1';
const http = { kind: 'http', url };

test.each([
  [http],
  [{ ...http, status: [200, '300-399'], text: 'ok', not_text: 'error', regex: '^ok$', redirects: 10, auth: 'shop' }],
  [{ ...http, method: 'POST', body: '{"a":\n1}', send_headers: { 'Content-Type': 'application/json' } }],
  [{ ...http, header: { 'content-type': 'json', 'x-cache': { regex: 'HIT|MISS' } } }],
  [
    {
      ...http,
      json: [
        { path: 'a.b[0]', equals: null },
        { path: '[1]', above: 1, below: 2.5 },
        { path: 'x', regex: 'y' },
      ],
    },
  ],
  [{ ...http, method: 'HEAD', status: 204 }],
  [{ kind: 'http', url: 'http://{address}:8080/health', on: ['m1'] }],
  [{ kind: 'http', url: 'https://{address}', on: ['m1'] }],
])('%j is fine', monitor => {
  expect(monitorProblems(monitor)).toEqual([]);
});

describe.each<[what: string, rows: [monitor: object, problem: string][]]>([
  [
    'the URL',
    [
      [{ kind: 'http' }, 'url: is missing'],
      [{ url: 'shop' }, 'url: is no URL: write it like https://shop.example/health'],
      [{ url: 'ftp://shop/x?token=1' }, 'url: ftp://shop/x begins neither with http:// nor with https://'],
      [{ url: 'https://me:secret@shop/' }, 'url: must not hold a user name or password: name a secret with auth'],
      [{ url: 'https://shop/#top' }, 'url: must have neither a "#" nor a blank'],
      [{ url: 'https://shop/a b' }, 'url: must have neither a "#" nor a blank'],
      [{ url: 'http://{address}/' }, 'url: must not hold {address}: it stands for the machines that on names'],
      [{ on: ['m1'] }, 'url: must have {address} as its host beside on: write it like http://{address}:8080/'],
      [
        { url: 'http://proxy/{address}', on: ['m1'] },
        'url: must have {address} as its host beside on: write it like http://{address}:8080/',
      ],
      [
        { url: 'http://{address}.evil.example/', on: ['m1'] },
        'url: must have {address} as its host beside on: write it like http://{address}:8080/',
      ],
    ],
  ],
  [
    'the request',
    [
      [{ method: 'get' }, 'method: "get" is none of GET, HEAD, POST; did you mean GET?'],
      [{ body: 'x' }, 'body: is sent by method: POST only'],
      [{ method: 'POST', body: { a: 1 } }, 'body: must be text: write it in quotes'],
      [{ method: 'HEAD', text: 'ok' }, 'text: looks at the body, and the answer to method: HEAD has none'],
      [{ redirects: 11 }, 'redirects: 11 is no whole number from 0 to 10'],
      [
        { auth: '' },
        'auth: "" is no name: use 1 to 63 letters, digits, ".", "_" and "-", and begin with a letter or digit',
      ],
      [{ send_headers: ['a'] }, 'send_headers: must be a mapping, not a list'],
      [{ send_headers: { 'a b': 'x' } }, 'send_headers: has a key that is no name of a header'],
      [{ send_headers: { 'x-a': 5 } }, 'send_headers: x-a must be text: write it in quotes, "5"'],
      [{ send_headers: { 'x-a': 'é' } }, 'send_headers: x-a must be ASCII'],
      [{ send_headers: { 'x-a': 'a\r\nx-b: c' } }, 'send_headers: x-a must be on one line, without control characters'],
      [
        { send_headers: { Authorization: 'Bearer secret' } },
        'send_headers: Authorization is a secret: put it into nodeconf.yml and name it with auth',
      ],
      [
        { send_headers: { 'Accept-Encoding': 'br' } },
        'send_headers: Accept-Encoding is always identity, so that the body can be read',
      ],
    ],
  ],
  [
    'what is expected',
    [
      [{ status: 'ok' }, 'status: "ok" is no status: write it like 204 or "200-299"'],
      [{ status: 99 }, 'status: 99 is no status: write it like 204 or "200-299"'],
      [{ status: 100 }, 'status: 100 is not within 200-599'],
      [{ status: '299-200' }, 'status: "299-200" is not within 200-599'],
      [{ status: [200, 'x'] }, 'status: entry 2: "x" is no status: write it like 204 or "200-299"'],
      [{ status: [] }, 'status: is an empty list'],
      [{ text: '' }, 'text: is empty'],
      [{ not_text: 5 }, 'not_text: must be text: write it in quotes, "5"'],
      [{ regex: '(' }, 'regex: "(" has a ( without its )'],
      [{ header: 'x' }, 'header: must be a mapping, not "x"'],
      [{ header: { 'x:': 'a' } }, 'header: has a key that is no name of a header'],
      [{ header: { a: { regex: '(' } } }, 'header: a: "(" has a ( without its )'],
      [{ header: { a: { equals: 'b' } } }, 'header: a: must be a text, or a mapping of regex alone'],
      [{ json: 'status' }, 'json: must be a mapping, not "status"'],
      [{ json: { equals: 1 } }, 'json: has no path'],
      [{ json: { path: 'a..b' } }, 'json: path "a..b" is no path: write it like status.db or items[0].state'],
      [{ json: { path: 'a[x]' } }, 'json: path "a[x]" is no path: write it like status.db or items[0].state'],
      [{ json: { path: 'a.'.repeat(16) + 'a' } }, `json: path "${'a.'.repeat(16)}a" has more than 16 steps`],
      [{ json: { path: 'a', equals: [1] } }, 'json: equals must be text, a number, true, false or null'],
      [{ json: { path: 'a', above: '1' } }, 'json: above "1" is no number'],
      [
        { json: { path: 'a', equal: 1 } },
        'json: "equal" is not known here; known are path, equals, regex, above, below',
      ],
      [{ json: [{ path: 'a' }, { path: 'a', regex: '[' }] }, 'json: entry 2: regex "[" has a [ without its ]'],
      [{ headers: {} }, 'headers: is not known here; did you mean header?'],
    ],
  ],
])('%s', (_, rows) => {
  test.each(rows)('%j is refused', (wrong, problem) => {
    const monitor = 'kind' in wrong ? { ...wrong } : { ...http, ...wrong };
    expect(monitorProblems(monitor)).toEqual([problem]);
  });
});

test('what is left out has its default', () => {
  expect(httpParametersOf({ url })).toEqual({
    url,
    method: 'GET',
    body: null,
    sendHeaders: {},
    auth: null,
    redirects: 0,
    expected: { status: [{ from: 200, to: 299 }], headers: [], text: null, notText: null, regex: null, json: [] },
  });
});
