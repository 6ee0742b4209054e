import { expect, test } from 'vitest';
import { isPermission, PERMISSION_NAMES, type PermissionHolder, permissionsOf } from './permissions.ts';

const ABOUT_NETWORKS = ['metrics:read', 'history:read', 'networks:write'];
const EVERYTHING = [...ABOUT_NETWORKS, 'server:read', 'users:read', 'users:write', 'audit:read'];

test.each<[string, PermissionHolder, string[]]>([
  ['a user sees the present alone', { role: 'user', networks: null }, ['metrics:read']],
  ['a user of some networks too', { role: 'user', networks: ['acme'] }, ['metrics:read']],
  ['an admin may do everything', { role: 'admin', networks: null }, EVERYTHING],
  ['an admin of some networks may do what is about networks', { role: 'admin', networks: ['acme'] }, ABOUT_NETWORKS],
  ['an admin of no network has no more than that', { role: 'admin', networks: [] }, ABOUT_NETWORKS],
])('%s', (_, holder, expected) => {
  expect(permissionsOf(holder)).toEqual(expected);
});

test('each permission is somebody’s', () => {
  expect(PERMISSION_NAMES).toEqual(EVERYTHING);
});

test.each([
  ['metrics:read', true],
  ['metrics:write', false],
  ['Metrics:read', false],
  ['toString', false],
  ['__proto__', false],
  ['', false],
])('"%s" names a permission: %s', (text, expected) => {
  expect(isPermission(text)).toBe(expected);
});
