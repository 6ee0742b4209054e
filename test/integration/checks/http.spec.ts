import { createServer as createHttpsServer } from 'node:https';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { daysFromNow, makeAuthority, makeIdentity } from './certificates.ts';
import { site, siteServer } from './pages.ts';
import { NO_SUCH_NAME, UNREACHABLE, usePorts } from './ports.ts';
import { HASTY_MS, PATIENT_MS, useProbe, type Written } from './probe.ts';

const root = makeAuthority('Own Root');
const names = ['127.0.0.1', 'localhost'];
const client = makeIdentity({ name: 'us', by: root, purpose: 'client' });

const probe = useProbe(() => ({
  login: { authorization: 'Basic c2VjcmV0OnNlY3JldA==' },
  own: { authorization: 'Bearer top-secret', ca: root.certificate },
  member: { ca: root.certificate, certificate: client.certificate, key: client.key },
}));
const open = usePorts();
/** Origins by what is there. */
const at: Record<string, string> = {
  nothing: 'http://127.0.0.1:1',
  nowhere: `http://${UNREACHABLE}:1`,
  nobody: `http://${NO_SUCH_NAME}:1`,
};

beforeAll(async () => {
  const good = makeIdentity({ name: 'site', by: root, names });
  const expired = makeIdentity({ name: 'site', by: root, names, to: daysFromNow(-3.5) });
  const members = { requestCert: true, rejectUnauthorized: true, ca: root.certificate };
  const secure = async (options: object): Promise<string> =>
    `https://127.0.0.1:${await open.listen(createHttpsServer({ cert: good.chain, key: good.key, ...options }, site))}`;
  const raw = async (port: Promise<number>): Promise<string> => `http://127.0.0.1:${await port}`;
  at['site'] = await raw(open.listen(siteServer()));
  at['other site'] = await raw(open.listen(siteServer()));
  at['secure'] = await secure({});
  at['expired'] = await secure({ cert: expired.chain, key: expired.key });
  at['members'] = await secure(members);
  at['silent'] = await raw(open.that(() => undefined));
  at['closes'] = await raw(open.that(socket => socket.once('data', () => socket.end())));
  at['resets'] = await raw(open.that(socket => socket.once('data', () => socket.resetAndDestroy())));
  at['no HTTP'] = await raw(open.that(socket => socket.end('220 mail.example ESMTP\r\n')));
  at['upgrades'] = await raw(
    open.that(socket =>
      socket.once('data', () => socket.write('HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n')),
    ),
  );
  at['full'] = await raw(open.full());
});

type Row = [at: string, path: string, monitor: Written, reason: string | null, detail: RegExp];
const WELL = /^200 in \d+ ms\.$/;

describe.each<[string, Row[]]>([
  [
    'what is expected of the answer',
    [
      ['site', '/ok', {}, null, WELL],
      ['site', '/ok?token=abc', {}, null, WELL],
      ['site', '/hints', { text: 'well' }, null, WELL],
      ['site', '/teapot', { status: [200, 418] }, null, /^418 in/],
      ['site', '/teapot', { status: '400-499' }, null, /^418 in/],
      ['site', '/teapot', {}, 'bad_response', /^Answers 418, expected 200-299\.$/],
      ['site', '/nowhere', { status: [200, '300-399'] }, 'bad_response', /^Answers 404, expected 200 or 300-399\.$/],
      ['site', '/ok', { text: 'All is well' }, null, WELL],
      [
        'site',
        '/ok',
        { text: 'ok' },
        'bad_response',
        /^“ok” is not in the answer, which begins with “All is well\. version: 2\.10”\.$/,
      ],
      ['site', '/empty', { text: 'ok' }, 'bad_response', /^“ok” is not in the answer, which is empty\.$/],
      ['site', '/ok', { not_text: 'error' }, null, WELL],
      [
        'site',
        '/ok',
        { not_text: 'version' },
        'bad_response',
        /^The answer holds “version”, which it must not: “…?.*version: 2\.10”/,
      ],
      ['site', '/ok', { regex: '^version: \\d+\\.\\d+$' }, null, WELL],
      [
        'site',
        '/ok',
        { regex: '^version: 3' },
        'bad_response',
        /^The answer does not match “\^version: 3”, which begins/,
      ],
      ['site', '/latin', { text: 'tea' }, 'bad_response', /which begins with “caf\ufffd \[31mred”/],
      ['site', '/whole-megabyte', { regex: 'status$' }, null, WELL],
      ['site', '/packed', {}, null, WELL],
      ['site', '/packed', { text: 'well' }, 'bad_response', /packed with “gzip”/],
      ['site', '/json', { header: { 'Content-Type': 'application/json' } }, null, WELL],
      ['site', '/json', { header: { 'content-type': { regex: 'charset=(utf-8|UTF-8)$' } } }, null, WELL],
      ['site', '/cookies', { header: { 'set-cookie': 'b=2' } }, null, WELL],
      [
        'site',
        '/json',
        { header: { 'content-type': 'text/html' } },
        'bad_response',
        /content-type should hold “text\/html”, but is “application\/json; /,
      ],
      [
        'site',
        '/json',
        { header: { 'content-type': { regex: '^text' } } },
        'bad_response',
        /should hold “\^text”, but is/,
      ],
      [
        'site',
        '/ok',
        { header: { 'x-cache': 'HIT' } },
        'bad_response',
        /The header x-cache is not there; it should hold “HIT”/,
      ],
      ['site', '/json', { json: { path: 'status.db', equals: 'up' } }, null, WELL],
      [
        'site',
        '/json',
        {
          json: [
            { path: 'status.lag', equals: null },
            { path: 'status.ok', equals: true },
          ],
        },
        null,
        WELL,
      ],
      ['site', '/json', { json: { path: 'items[0].state', regex: '^(ready|busy)$' } }, null, WELL],
      ['site', '/json', { json: { path: 'status.queue', above: 6, below: 8 } }, null, WELL],
      [
        'site',
        '/json',
        { json: { path: 'status.db', equals: 'down' } },
        'bad_response',
        /^status\.db should be "down", but is “up”\.$/,
      ],
      [
        'site',
        '/json',
        { json: { path: 'status.queue', equals: '7' } },
        'bad_response',
        /^status\.queue should be "7", but is “7”/,
      ],
      [
        'site',
        '/json',
        { json: { path: 'status.queue', below: 7 } },
        'bad_response',
        /^status\.queue should be below 7, but is “7”/,
      ],
      [
        'site',
        '/json',
        { json: { path: 'version', above: 2 } },
        'bad_response',
        /^version should be above 2, but is “v2\.10\.1”/,
      ],
      [
        'site',
        '/json',
        { json: { path: 'items[0].state', regex: 'busy' } },
        'bad_response',
        /^items\[0\]\.state should match “busy”, but is “ready”/,
      ],
      [
        'site',
        '/json',
        { json: { path: 'items[1].state' } },
        'bad_response',
        /^There is no items\[1\]\.state in the answer\.$/,
      ],
      ['site', '/json', { json: { path: 'constructor' } }, 'bad_response', /^There is no constructor/],
      ['site', '/ok', { json: { path: 'status' } }, 'bad_response', /^The answer is not JSON\.$/],
      ['site', '/deep', { json: { path: '[0]' } }, 'bad_response', /nested too deeply/],
    ],
  ],
  [
    'redirects',
    [
      ['site', '/moved', {}, 'bad_response', /^Answers 301, expected 200-299; it leads to “\/ok” \(see redirects\)\.$/],
      ['site', '/moved', { status: 301 }, null, /^301 in/],
      ['site', '/moved', { redirects: 1, text: 'well' }, null, WELL],
      ['site', '/round', { redirects: 3 }, 'bad_response', /^Leads on after 3 redirects, to “\/round”\.$/],
      [
        'site',
        '/moved-nowhere',
        { redirects: 3 },
        'bad_response',
        /^Leads to “ftp:\/\/files\.example\/”, which is no http or https/,
      ],
    ],
  ],
  [
    'secrets',
    [
      ['site', '/login', {}, 'denied', /^Answers 401, expected 200-299: it wants a login, give the monitor auth\.$/],
      ['site', '/login', { auth: 'login' }, 'denied', /it does not accept auth "login"/],
      ['site', '/login', { status: 401 }, null, /^401 in/],
      ['site', '/forbidden', {}, 'denied', /^Answers 403, .*it forbids us the page/],
      ['site', '/forbidden', { auth: 'login' }, 'denied', /it forbids the page to auth "login"/],
      ['site', '/ok', { auth: 'nobody' }, 'unobserved', /^nodeconf\.yml has no auth "nobody"; add it there/],
      [
        'secure',
        '/echo',
        { auth: 'own', json: { path: 'headers.authorization', equals: 'Bearer top-secret' } },
        null,
        /^200/,
      ],
      ['members', '/ok', { auth: 'member' }, null, /^200 in \d+ ms; its certificate ends in 89 days\.$/],
      ['members', '/ok', { auth: 'own' }, 'denied', /wants another client certificate, or one at all/],
    ],
  ],
  [
    'what goes wrong on the way',
    [
      ['secure', '/ok', {}, 'tls', /^127\.0\.0\.1: the chain is incomplete|the issuer “Own Root” is unknown/],
      ['expired', '/ok', { auth: 'own' }, 'tls', /the certificate ended 3 days ago/],
      ['nothing', '/', {}, 'refused', /^127\.0\.0\.1:1 refuses the connection/],
      ['nowhere', '/', {}, 'unreachable', /^There is no way to 127\.255\.255\.255:1/],
      ['nobody', '/', {}, 'dns', /no-such-host\.invalid (cannot be|was not) resolved/],
      ['full', '/', {}, 'timeout', /accepted no connection within 700 ms/],
      ['silent', '/', {}, 'timeout', /accepted the connection, but did not answer within 700 ms/],
      ['site', '/silent', {}, 'timeout', /but did not answer within 700 ms/],
      ['site', '/never-ends', {}, 'timeout', /began to answer, but did not end within 700 ms/],
      ['site', '/drips', { text: '!' }, 'timeout', /began to answer, but did not end/],
      ['closes', '/', {}, 'reset', /broke the connection before it had answered/],
      ['resets', '/', {}, 'reset', /broke the connection before it had answered/],
      ['site', '/cut', {}, 'reset', /broke the connection/],
      ['no HTTP', '/', {}, 'bad_response', /127\.0\.0\.1:\d+: “/],
      ['upgrades', '/', {}, 'bad_response', /does something else than answer HTTP/],
      ['site', '/large', {}, 'too_large', /larger than 1024 KiB; method: HEAD leaves the body out/],
      ['site', '/announced', {}, 'too_large', /larger than 1024 KiB/],
      ['site', '/endless', {}, 'too_large', /larger than 1024 KiB/],
      ['site', '/endless', { text: '!' }, 'too_large', /larger than 1024 KiB/],
      ['site', '/large', { method: 'HEAD' }, null, WELL],
      ['site', '/large', { status: 204 }, 'bad_response', /^Answers 200, expected 204/],
      ['site', '/crumbs', {}, 'bad_response', /answers in crumbs/],
      ['site', '/large-headers', {}, 'too_large', /Headers Overflow/],
    ],
  ],
])('%s', (_, rows) => {
  test.each(rows)('%s %s with %j is %s', async (where, path, monitor, reason, detail) => {
    const timeoutMs = reason === 'timeout' ? HASTY_MS : PATIENT_MS;
    const result = await probe({ kind: 'http', url: `${at[where]}${path}`, ...monitor }, { timeoutMs });
    expect(result).toMatchObject({ reason, detail: expect.stringMatching(detail), values: null, facts: null });
  });
});

test('status, bytes and the days of the certificate are measured', async () => {
  expect((await probe({ kind: 'http', url: `${at['site']}/ok` })).measures).toEqual({ status: 200, bytes: 27 });
  expect((await probe({ kind: 'http', url: `${at['site']}/empty` })).measures).toEqual({ status: 200, bytes: 0 });
  const secure = await probe({ kind: 'http', url: `${at['secure']}/teapot`, auth: 'own' });
  expect(secure.measures).toEqual({ status: 418, daysLeft: 89 });
});

/** What the site says of the request it got. */
async function requestOf(monitor: Written, json: Written): Promise<unknown> {
  return probe({ kind: 'http', url: `${at['site']}/echo`, json, ...monitor });
}

describe('the request', () => {
  test.each<[Written, Written]>([
    [{}, { path: 'method', equals: 'GET' }],
    [{}, { path: 'headers.accept-encoding', equals: 'identity' }],
    [{}, { path: 'headers.user-agent', equals: 'distomon' }],
    [
      { method: 'POST', body: '{"é":1}\n' },
      { path: 'body', equals: '{"é":1}\n' },
    ],
    [
      { method: 'POST', body: 'é' },
      { path: 'headers.content-length', equals: '2' },
    ],
    [{ send_headers: { 'User-Agent': 'other' } }, { path: 'headers.user-agent', equals: 'other' }],
    [{ send_headers: { Host: 'shop.example' } }, { path: 'headers.host', equals: 'shop.example' }],
  ])('%j is sent as it should be: %j', async (monitor, json) => {
    expect(await requestOf(monitor, json)).toMatchObject({ reason: null });
  });

  test.each([
    [303, 'GET', ''],
    [302, 'GET', ''],
    [307, 'POST', 'hello'],
    [308, 'POST', 'hello'],
  ])('after status %i a POST is a %s', async (status, method, body) => {
    const url = `${at['site']}/moved-by?status=${status}`;
    const json = [
      { path: 'method', equals: method },
      { path: 'body', equals: body },
    ];
    expect(await requestOf({ url, method: 'POST', body: 'hello', redirects: 1 }, json as never)).toMatchObject({
      reason: null,
    });
  });
});

describe('a redirect to another origin', () => {
  const send_headers = { 'x-key': 'key of ours' };
  const monitor = { kind: 'http', auth: 'login', redirects: 5, send_headers };

  test.each([
    ['site', 'Basic c2VjcmV0OnNlY3JldA=='],
    ['other site', undefined],
  ])('to the %s takes the secret %s', async (where, authorization) => {
    const url = `${at['site']}/moved-away?to=${encodeURIComponent(`${at[where]}/echo`)}`;
    const seen = await probe({ ...monitor, url, json: { path: 'headers.authorization' } });
    expect(seen).toMatchObject(authorization === undefined ? { reason: 'bad_response' } : { reason: null });
    const key = await probe({ ...monitor, url, json: { path: 'headers.x-key' } });
    expect(key.reason).toBe(authorization === undefined ? 'bad_response' : null);
  });

  test('trusts no authority that was named for the first', async () => {
    const url = `${at['secure']}/moved-away?to=${encodeURIComponent(`${at['members']}/ok`)}`;
    expect(await probe({ ...monitor, url, auth: 'own' })).toMatchObject({ reason: 'tls' });
  });
});

test('machines are asked by their own addresses', async () => {
  const url = `http://{address}:${new URL(at['site'] ?? '').port}/ok`;
  expect(await probe({ kind: 'http', url, on: ['m1'] }, { address: '127.0.0.1' })).toMatchObject({ reason: null });
  expect(await probe({ kind: 'http', url, on: ['m1'] }, { address: '::1' })).toMatchObject({
    reason: 'refused',
    detail: expect.stringContaining('[::1]:'),
  });
});

test('large answers wait for each other in memory that is bounded, and none is blamed for that', async () => {
  let asked = 0;
  const stalls = await open.that(socket =>
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 500000\r\n\r\n${'x'.repeat(200_000)}`);
      asked++;
    }),
  );
  const shutDown = new AbortController();
  const monitor = { kind: 'http', url: `http://127.0.0.1:${stalls}/`, text: 'y' };
  const holders = Array.from({ length: 8 }, () => probe(monitor, { signal: shutDown.signal }));
  await vi.waitFor(() => expect(asked).toBe(8), PATIENT_MS);
  const another = await probe(monitor, { timeoutMs: HASTY_MS });
  expect(another).toMatchObject({ reason: 'unobserved', detail: expect.stringContaining('no memory free') });
  expect(await probe({ kind: 'http', url: `${at['site']}/ok`, text: 'well' })).toMatchObject({ reason: null });
  const large = probe({ kind: 'http', url: `${at['site']}/whole-megabyte`, text: 'status' });
  shutDown.abort();
  expect((await Promise.all(holders)).map(({ reason }) => reason)).toEqual(holders.map(() => 'unobserved'));
  expect(await large).toMatchObject({ reason: null });
});

test('an address that cannot stand in a URL is told, not thrown', async () => {
  const result = await probe({ kind: 'http', url: 'http://{address}/', on: ['m1'] }, { address: 'fe80::1%eth0' });
  expect(result).toMatchObject({ reason: 'unobserved', detail: 'The address fe80::1%eth0 cannot stand in a URL.' });
});

test('a probe that is cut off by the end of the process says nothing about the page', async () => {
  const shutDown = new AbortController();
  const result = probe({ kind: 'http', url: `${at['site']}/silent` }, { signal: shutDown.signal });
  setImmediate(() => shutDown.abort());
  expect(await result).toMatchObject({ reason: 'unobserved', detail: 'distomon is shutting down.', latencyMs: null });
});
