import { describe, expect, it } from 'vitest';
import type { AccountView, Permission } from '../../api/account-client.ts';
import { decideEntry } from './decide-entry.ts';
import { sectionsFor } from './sections.ts';

function accountWith(permissions: Permission[]): AccountView {
  return {
    id: 17,
    email: 'alice@example.org',
    name: 'Alice',
    role: 'admin',
    permissions,
    networks: null,
    hasPassword: true,
    hasGoogle: false,
  };
}

describe('who opens a page of the settings', () => {
  const path = '/settings/users?q=a b';

  it.each([
    ['with the permission enters', accountWith(['metrics:read', 'users:read']), { kind: 'enter' }],
    [
      'without it is told which one is missing',
      accountWith(['metrics:read']),
      { kind: 'lead', href: '/forbidden?permission=users%3Aread&path=%2Fsettings%2Fusers' },
    ],
    [
      'and is not signed in is led to sign in, and back',
      null,
      { kind: 'lead', href: '/sign-in?next=%2Fsettings%2Fusers%3Fq%3Da%2520b' },
    ],
  ])('%s', (_, account, entry) => {
    expect(decideEntry({ account }, 'users:read', path)).toEqual(entry);
  });
});

it.each([
  [[], []],
  [['metrics:read', 'history:read'], []],
  [['audit:read'], ['/settings/audit']],
  [
    ['users:read', 'audit:read'],
    ['/settings/users', '/settings/audit'],
  ],
] as const)('%j shows the way to %j', (permissions, ways) => {
  expect(sectionsFor(permissions).map(({ to }) => to)).toEqual(ways);
});
