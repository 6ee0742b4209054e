import { expect, test } from 'vitest';
import type { StoredAccount } from '#storage';
import { decideGoogle, type GoogleFacts } from './decide-google.ts';

const at = new Date('2026-11-20T10:00:00Z');

function account(accountId: number, more: Partial<StoredAccount> = {}): StoredAccount {
  const signIn = { hasPassword: true, hasGoogle: false, createdAt: at, lastSignInAt: null, disabledAt: null };
  return { accountId, email: 'bob@acme.example', name: '', role: 'admin', networks: null, ...signIn, ...more };
}

const linked = account(1, { hasGoogle: true });
const unlinked = account(2);
const disabled = { disabledAt: at };
const bob = { subject: '1', email: 'bob@acme.example', verified: true, name: 'Bob', hostedDomain: 'acme.example' };
const STRANGER: GoogleFacts = {
  profile: bob,
  bySubject: null,
  byEmail: null,
  setupNeeded: false,
  allowed: { emails: ['eve@elsewhere.example'], domains: ['acme.example'] },
  role: 'user',
};
const NOBODY_LISTED = { emails: [], domains: [] };
const called = (email: string, hostedDomain: string | null = domainOf(email)): Partial<GoogleFacts> => ({
  profile: { ...bob, email, hostedDomain },
});
const GMAIL = { allowed: { emails: [], domains: ['gmail.com', 'googlemail.com'] } };

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}

test.each<[string, Partial<GoogleFacts>, string]>([
  ['who is known signs in', { bySubject: linked }, 'sign-in known 1'],
  ['who is known signs in, listed or not', { bySubject: linked, allowed: NOBODY_LISTED }, 'sign-in known 1'],
  ['who is known by another address signs in', { bySubject: linked, ...called('b@new.example') }, 'sign-in known 1'],
  [
    'who is known signs in to his account, not to one that has his present address',
    { bySubject: linked, byEmail: unlinked },
    'sign-in known 1',
  ],
  ['who is known is refused while disabled', { bySubject: { ...linked, ...disabled } }, 'refuse disabled'],
  ['an account with the address is linked', { byEmail: unlinked }, 'link same-address 2'],
  ['an account is linked, listed or not', { byEmail: unlinked, allowed: NOBODY_LISTED }, 'link same-address 2'],
  ['an account that is disabled is not linked', { byEmail: { ...unlinked, ...disabled } }, 'refuse disabled'],
  ['an account of another Google account is not taken over', { byEmail: linked }, 'refuse other-google-account'],
  ['who is of a listed domain gets an account', {}, 'create listed user'],
  ['a new account has the role that is set', { role: 'admin' }, 'create listed admin'],
  ['whose organisation is written in capitals too', called('bob@acme.example', 'ACME.example'), 'create listed user'],
  ['who is of a listed domain but of no organisation gets none', called('bob@acme.example', null), 'refuse not-listed'],
  ['nor who is of another organisation', called('bob@acme.example', 'evil.example'), 'refuse not-listed'],
  [
    'nor who is of the organisation by another address',
    called('bob@evil.example', 'acme.example'),
    'refuse not-listed',
  ],
  ['who is of gmail.com needs no organisation', { ...GMAIL, ...called('bob@gmail.com', null) }, 'create listed user'],
  ['nor who is of googlemail.com', { ...GMAIL, ...called('b@googlemail.com', null) }, 'create listed user'],
  ['who is listed by address needs none', called('eve@elsewhere.example', null), 'create listed user'],
  ['who is listed by address gets an account', called('eve@elsewhere.example'), 'create listed user'],
  ['capitals make no difference', called('Eve@Elsewhere.Example'), 'create listed user'],
  ['who is of another domain gets none', called('bob@other.example'), 'refuse not-listed'],
  ['nor who is of a subdomain', called('bob@mail.acme.example'), 'refuse not-listed'],
  ['nor who is of a domain that ends alike', called('bob@notacme.example'), 'refuse not-listed'],
  ['nor who writes the domain into his name', called('acme.example@evil.example'), 'refuse not-listed'],
  ['nor who writes two domains', called('bob@acme.example@evil.example'), 'refuse not-listed'],
  ['where nobody is listed, nobody gets one', { allowed: NOBODY_LISTED }, 'refuse not-listed'],
  ['nobody gets one before the first admin has', { setupNeeded: true, role: 'admin' }, 'refuse setup-needed'],
])('%s', (_, facts, expected) => {
  const decision = decideGoogle({ ...STRANGER, ...facts });
  const about = 'account' in decision ? decision.account.accountId : 'role' in decision ? decision.role : '';
  expect(`${decision.kind} ${decision.reason} ${about}`.trim()).toBe(expected);
});

test.each([
  ['known', { bySubject: linked }],
  ['to be linked', { byEmail: unlinked }],
  ['listed', {}],
])('an address that Google has not verified is refused: %s', (_, facts) => {
  const decision = decideGoogle({ ...STRANGER, ...facts, profile: { ...bob, verified: false } });
  expect(decision).toEqual({ kind: 'refuse', reason: 'unverified' });
});
