import { expect, test } from 'vitest';
import { decideRedirect, isRedirect } from './decide-redirect.ts';

const from = { url: new URL('https://a.example/shop/x?y=1'), method: 'GET', body: null } as const;
const headOf = (status: number, location: string) => ({ status, headers: { location } });
const limits = { followed: 0, allowed: 2 };

test.each([
  [301, '/', true],
  [308, '/', true],
  [300, '/', false],
  [304, '/', false],
  [200, '/', false],
])('%i is a redirect: %s %s', (status, location, isOne) => {
  expect(isRedirect(headOf(status, location))).toBe(isOne);
  expect(isRedirect({ status, headers: {} })).toBe(false);
});

test.each([
  ['/y', 'https://a.example/y'],
  ['y?z', 'https://a.example/shop/y?z'],
  ['//b.example/', 'https://b.example/'],
  ['http://a.example/', 'http://a.example/'],
])('%s leads to %s', (location, href) => {
  const next = decideRedirect(headOf(302, location), from, limits);
  expect(next).toMatchObject({ ok: true, value: { method: 'GET', body: null } });
  expect(next.ok && next.value.url.href).toBe(href);
});

test.each([
  ['file:///etc/passwd', 0, 'Leads to “file:///etc/passwd”, which is no http or https URL.'],
  ['http://[', 0, 'Leads to “http://[”, which is no http or https URL.'],
  ['/y?token=secret', 2, 'Leads on after 2 redirects, to “/y”.'],
])('%s after %i redirects ends it', (location, followed, detail) => {
  const next = decideRedirect(headOf(302, location), from, { ...limits, followed });
  expect(next).toMatchObject({ ok: false, finding: { reason: 'bad_response', detail } });
});

test.each([
  [301, 'GET', null],
  [303, 'GET', null],
  [307, 'POST', 'x'],
  [308, 'POST', 'x'],
])('after %i a POST goes on as %s', (status, method, body) => {
  const next = decideRedirect(headOf(status, '/y'), { ...from, method: 'POST', body: 'x' }, limits);
  expect(next).toMatchObject({ ok: true, value: { method, body } });
});
