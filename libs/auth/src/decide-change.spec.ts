import { expect, test } from 'vitest';
import type { StoredAccount } from '#storage';
import { type ChangeDecision, decideChange, type UserChanges } from './decide-change.ts';

const before = new Date('2026-11-20T09:00:00Z');
const now = new Date('2026-11-20T10:00:00Z');

const bob: StoredAccount = {
  accountId: 2,
  email: 'bob@example.org',
  name: 'Bob',
  role: 'user',
  networks: ['acme'],
  hasPassword: true,
  hasGoogle: false,
  createdAt: before,
  lastSignInAt: null,
  disabledAt: null,
};
const disabledBob = { ...bob, disabledAt: before };

test.each<[string, StoredAccount, UserChanges, ChangeDecision | null]>([
  ['nothing is asked for', bob, {}, null],
  ['what is asked for is so', bob, { name: ' Bob ', role: 'user', networks: ['acme'], disabled: false }, null],
  ['he is disabled already, since then', disabledBob, { disabled: true }, null],
  [
    'a new name',
    bob,
    { name: 'Robert', role: 'user' },
    { changes: { name: 'Robert' }, action: 'account.change', details: { name: { from: 'Bob', to: 'Robert' } } },
  ],
  [
    'another role and all networks',
    bob,
    { role: 'admin', networks: null },
    {
      changes: { role: 'admin', networks: null },
      action: 'account.change',
      details: { role: { from: 'user', to: 'admin' }, networks: { from: ['acme'], to: null } },
    },
  ],
  [
    'networks that are named twice',
    bob,
    { networks: ['beta', 'acme', 'beta'] },
    {
      changes: { networks: ['beta', 'acme'] },
      action: 'account.change',
      details: { networks: { from: ['acme'], to: ['beta', 'acme'] } },
    },
  ],
  [
    'disabled',
    bob,
    { disabled: true },
    { changes: { disabledAt: now }, action: 'account.disable', details: { disabled: { from: false, to: true } } },
  ],
  [
    'enabled, and called something else',
    disabledBob,
    { disabled: false, name: '' },
    {
      changes: { name: '', disabledAt: null },
      action: 'account.enable',
      details: { name: { from: 'Bob', to: '' }, disabled: { from: true, to: false } },
    },
  ],
])('%s', (_, account, wanted, expected) => {
  expect(decideChange(account, wanted, now)).toEqual(expected);
});
