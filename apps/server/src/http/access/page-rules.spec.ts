import { expect, test } from 'vitest';
import { pageOf } from './page-rules.ts';

test.each([
  ['/', 'own-account'],
  ['/machines/acme/db-1', 'own-account'],
  ['/machines/acme/db.example.org', 'own-account'],
  ['/machines/acme/a%2Fb', 'own-account'],
  ['/machines/acme/%', 'own-account'],
  ['/machines/acme/', null],
  ['/machines/acme', null],
  ['/machines//db-1', null],
  ['/machines/acme/db-1/more', null],
  ['/events', 'history:read'],
  ['/events/', 'history:read'],
  ['/Events', 'history:read'],
  ['/%65vents', 'history:read'],
  ['/events.js', null],
  ['/settings', 'own-account'],
  ['/settings/users', 'users:read'],
  ['/settings/audit', 'audit:read'],
  ['/settings/machines', 'networks:write'],
  ['/settings/nothing', null],
  ['/sign-in', 'public'],
  ['/sign-in/more', null],
  ['/constructor', null],
  ['//', null],
  ['', 'own-account'],
] as const)('the page at "%s" is for %s', (path, rule) => {
  expect(pageOf(path)?.rule ?? null).toBe(rule);
});
