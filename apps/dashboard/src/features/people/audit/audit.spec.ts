import { describe, expect, it } from 'vitest';
import type { AuditItem } from '../../../api/people-client.ts';
import { messages } from '../../../messages/text.ts';
import { type AuditFilter, isFiltered, parseFilter, wishOf } from './audit-filter.ts';
import { detailLines } from './detail-lines.ts';
import { didText, labelOf } from './did.ts';

const email = 'bob@example.org';

describe('what was done', () => {
  it.each([
    ['setup.finish', { email }, 'Set distomon up, with the first admin bob@example.org'],
    ['session.begin', { method: 'password' }, 'Signed in by password'],
    ['session.begin', { method: 'google' }, 'Signed in with Google'],
    ['session.begin', { method: 'smoke signals' }, 'Signed in'],
    ['session.end', {}, 'Signed out'],
    ['session.revoke', {}, 'Ended a session'],
    ['session.revoke', { sessions: 'others' }, 'Signed out everywhere else'],
    ['session.revoke', { sessions: 'all', email }, 'Signed bob@example.org out everywhere'],
    [
      'sign_in.fail',
      { method: 'password', purpose: 'sign-in', reason: 'wrong-password' },
      'Could not sign in: wrong password',
    ],
    [
      'sign_in.fail',
      { method: 'password', purpose: 'password-change', reason: 'wrong-password' },
      'Could not change the password: the current one was wrong',
    ],
    [
      'sign_in.fail',
      { method: 'google', reason: 'not-listed' },
      'Could not sign in with Google: not invited, and not among those who are let in',
    ],
    ['sign_in.fail', { reason: 'constructor' }, 'Could not sign in'],
    ['sign_in.delay', { by: ['account'] }, 'Has to wait after too many wrong passwords'],
    ['password.change', {}, 'Changed the password'],
    ['link.create', { purpose: 'setup' }, 'Printed a link to set distomon up'],
    ['link.create', { purpose: 'reset', email }, 'Made a reset link for bob@example.org'],
    ['link.use', { purpose: 'invite' }, 'Chose a first password by an invitation'],
    ['account.create', { email, role: 'user', networks: null }, 'Invited bob@example.org as a user'],
    ['account.create', { email, role: 'user', google: 'linked' }, 'Got an account by Google, as a user'],
    ['account.change', { email, role: { from: 'user', to: 'admin' } }, 'Made bob@example.org an admin'],
    [
      'account.change',
      { email, networks: { from: null, to: ['acme', 'lab'] } },
      'Let bob@example.org see only acme and lab',
    ],
    ['account.change', { email, networks: { from: ['acme'], to: null } }, 'Let bob@example.org see all networks'],
    ['account.change', { email, name: { from: '', to: 'Bob' } }, 'Renamed bob@example.org to “Bob”'],
    ['account.change', { email, name: { from: 'Bob', to: '' } }, 'Took the name of bob@example.org away'],
    [
      'account.change',
      { email, name: { from: '', to: 'B' }, role: { from: 'user', to: 'admin' }, networks: { from: [], to: null } },
      'Changed the role, the networks, and the name of bob@example.org',
    ],
    ['account.change', { email, google: 'linked' }, 'Linked a Google account to bob@example.org'],
    ['account.change', {}, 'Changed an account'],
    ['account.disable', { email }, 'Disabled bob@example.org'],
    ['account.enable', { email }, 'Enabled bob@example.org'],
    ['account.delete', { email }, 'Removed bob@example.org'],
    ['token.create', { name: 'grafana' }, 'Made the token “grafana”'],
    ['token.revoke', {}, 'Revoked a token'],
    [
      'machine.test',
      { netdata: 'http://10.0.0.11:19999', auth: 'agents', via: null },
      'Tested http://10.0.0.11:19999 with the secret agents',
    ],
    ['moon.walk', { email }, 'moon.walk'],
    ['constructor', {}, 'constructor'],
  ])('%s with %j is said as %j', (action, details, text) => {
    expect(didText({ action, details, subject: 'account:18' })).toBe(text);
  });

  it.each([
    [{ added: ['web-4'], changed: [], removed: [] }, 'Added web-4 to the network acme'],
    [{ added: [], changed: ['a', 'b'], removed: [] }, 'Changed a and b in the network acme'],
    [{ added: [], changed: [], removed: 300 }, 'Removed 300 machines from the network acme'],
    [{ added: ['web-4'], changed: [], removed: ['web-1'] }, 'Changed the network acme'],
    [{ added: [], changed: [], removed: [] }, 'Changed the network acme'],
  ])('a network changed with %j is said as %j', (details, text) => {
    expect(didText({ action: 'network.change', subject: 'network:acme', details })).toBe(text);
  });

  it.each([
    ['network.change', 'network:acme', 'Changed the network acme'],
    ['machine.pause', 'machine:acme/web-1', 'Paused acme/web-1'],
    ['machine.resume', null, 'Resumed –'],
  ])('%s to %j is said as %j', (action, subject, text) => {
    expect(didText({ action, subject, details: {} })).toBe(text);
  });

  it.each(Object.keys(messages.audit.action))('%s has a sentence of its own', action => {
    const text = didText({ action, subject: null, details: {} });
    expect(text).not.toBe(action);
    expect(labelOf(action)).not.toBe(action);
  });
});

describe('the details of an entry', () => {
  const entry: AuditItem = {
    id: 4711,
    at: '2026-11-20T10:00:00.000Z',
    actor: 'alice@example.org',
    accountId: 17,
    via: 'session:0f8fad5b-d9cb-469f-a165-70867728950e',
    address: null,
    action: 'account.change',
    subject: 'account:18',
    details: {
      email,
      role: { from: 'user', to: 'admin' },
      networks: { from: ['acme', 'lab'], to: null },
      disabled: true,
      odd: { a: 1 },
    },
  };

  it('are what it was and what it became, and nothing is left out', () => {
    expect(detailLines(entry)).toEqual([
      { name: 'Who', text: 'alice@example.org' },
      { name: 'Signed in by', text: 'session:0f8fad5b-d9cb-469f-a165-70867728950e' },
      { name: 'Action', text: 'account.change' },
      { name: 'About', text: 'account:18' },
      { name: 'E-mail', text: 'bob@example.org' },
      { name: 'Role', text: 'user → admin' },
      { name: 'Networks', text: 'acme, lab → –' },
      { name: 'Disabled', text: 'yes' },
      { name: 'odd', text: '{"a":1}' },
    ]);
  });
});

describe('what is asked for', () => {
  const none: AuditFilter = { period: 'month', fromDay: '', toDay: '', action: '', actor: '' };

  it.each([
    [{}, none, { from: '-30d' }],
    [{ period: 'day' }, { ...none, period: 'day' }, { from: '-24h' }],
    [{ period: 'all' }, { ...none, period: 'all' }, {}],
    [{ period: 'eternity' }, none, { from: '-30d' }],
    [
      { action: 'session.begin', actor: email },
      { ...none, action: 'session.begin', actor: email },
      { from: '-30d', action: 'session.begin', actor: email },
    ],
    // The server would refuse what is no name of an action.
    [{ action: 'x; drop' }, none, { from: '-30d' }],
    [
      { period: 'own', from: '2026-11-01', to: 'yesterday' },
      { ...none, period: 'own', fromDay: '2026-11-01' },
      { from: new Date(2026, 10, 1).toISOString() },
    ],
    [
      { period: 'own', from: '2026-11-01', to: '2026-11-02' },
      { ...none, period: 'own', fromDay: '2026-11-01', toDay: '2026-11-02' },
      // The last day is meant as a whole.
      { from: new Date(2026, 10, 1).toISOString(), to: new Date(2026, 10, 3).toISOString() },
    ],
  ])('%j in the address is the filter %j and the wish %j', (params, filter, wish) => {
    const parsed = parseFilter(name => (params as Record<string, string>)[name] ?? '');
    expect(parsed).toEqual(filter);
    expect(wishOf(parsed)).toEqual(wish);
  });

  it('is filtered when anything but everything is asked for', () => {
    expect(isFiltered({ ...none, period: 'all' })).toBe(false);
    expect(isFiltered(none)).toBe(true);
    expect(isFiltered({ ...none, period: 'all', actor: email })).toBe(true);
  });
});
