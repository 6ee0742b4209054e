import { expect, it } from 'vitest';
import type { AccountView } from '../../api/account-client.ts';
import { isSameViewer } from './is-same-viewer.ts';

const ADMIN: AccountView = {
  id: 17,
  email: 'alice@example.org',
  name: 'Alice',
  role: 'admin',
  permissions: ['metrics:read', 'history:read'],
  networks: ['acme', 'beta'],
  hasPassword: true,
  hasGoogle: false,
};

it.each<[string, Partial<AccountView>, boolean]>([
  ['the same account', {}, true],
  ['the same account by another name', { name: 'Alice B.', hasGoogle: true }, true],
  [
    'the same rights in another order',
    { permissions: ['history:read', 'metrics:read'], networks: ['beta', 'acme'] },
    true,
  ],
  ['another account', { id: 18 }, false],
  ['somebody who may see the past no more', { permissions: ['metrics:read'] }, false],
  ['somebody who may see one network less', { networks: ['acme'] }, false],
  ['somebody who may see every network', { networks: null }, false],
])('what was shown before is for %s: %#', (_, change, isSame) => {
  expect(isSameViewer(ADMIN, { ...ADMIN, ...change })).toBe(isSame);
});
