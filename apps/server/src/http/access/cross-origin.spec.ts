import { expect, test } from 'vitest';
import { decideSource } from './cross-origin.ts';

const POST = {
  method: 'POST',
  isBearer: false,
  fetchSite: undefined,
  origin: undefined,
  host: 'status.acme.example',
  publicUrl: null,
};

test.each([
  ['reading', { method: 'GET', fetchSite: 'cross-site' }, 'changes-nothing'],
  ['asking for the head', { method: 'HEAD', fetchSite: 'cross-site' }, 'changes-nothing'],
  ['asking what is possible', { method: 'OPTIONS', origin: 'https://evil.example' }, 'changes-nothing'],
  ['a token, from wherever', { isBearer: true, fetchSite: 'cross-site' }, 'bearer'],
  ['one of our pages', { fetchSite: 'same-origin' }, 'same-origin'],
  ['somebody at the address bar', { fetchSite: 'none' }, 'same-origin'],
  ['a page of a neighbour', { fetchSite: 'same-site' }, null],
  ['a page of another site', { fetchSite: 'cross-site' }, null],
  ['a page that says two things', { fetchSite: 'cross-site', origin: 'https://status.acme.example' }, null],
  ['what no browser says', { fetchSite: 'SAME-ORIGIN' }, null],
  ['a program', {}, 'no-browser'],
  ['a page of ours in an old browser', { origin: 'https://status.acme.example' }, 'same-origin'],
  ['the same over plain http', { origin: 'http://status.acme.example' }, 'same-origin'],
  ['a host in capital letters', { origin: 'http://acme.example', host: 'ACME.example' }, 'same-origin'],
  ['another port', { origin: 'http://status.acme.example:8080' }, null],
  ['the same port', { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }, 'same-origin'],
  ['another name of this machine', { origin: 'http://localhost:3000', host: '127.0.0.1:3000' }, null],
  [
    'the name of PUBLIC_URL',
    { origin: 'https://a.example', host: '10.0.0.1', publicUrl: 'https://a.example/' },
    'same-origin',
  ],
  [
    'another name beside PUBLIC_URL',
    { origin: 'https://b.example', host: '10.0.0.1', publicUrl: 'https://a.example' },
    null,
  ],
  ['a page of another site in an old browser', { origin: 'https://evil.example' }, null],
  ['a name that only begins so', { origin: 'https://status.acme.example.evil.example' }, null],
  ['a page without an origin', { origin: 'null' }, null],
  ['a file', { origin: 'file:///etc/passwd', host: '' }, null],
  ['no host at all', { origin: 'https://evil.example', host: undefined }, null],
  ['deleting, from another site', { method: 'DELETE', fetchSite: 'cross-site' }, null],
  ['a method that nobody knows', { method: 'BREW', fetchSite: 'cross-site' }, null],
] as const)('%s', (_what, source, reason) => {
  expect(decideSource({ ...POST, ...source })).toEqual(
    reason === null ? { allowed: false } : { allowed: true, reason },
  );
});
