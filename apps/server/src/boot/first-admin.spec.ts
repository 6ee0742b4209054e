import { expect, it } from 'vitest';
import { AuthError, type Setup } from '#auth';
import { prepareFirstAdmin } from './first-admin.ts';

const ADMIN = { email: 'admin@example.org', password: 'a password of a test' };
const LINK = { secret: 's'.repeat(43), expiresAt: new Date('2026-11-21T10:00:00Z') };

function setupThat(
  does: Partial<Pick<Setup, 'ensureAdmin' | 'needed'>>,
): Pick<Setup, 'ensureAdmin' | 'needed' | 'createLink'> {
  return {
    ensureAdmin: () => Promise.reject(new Error('not asked for')),
    needed: () => Promise.resolve(false),
    createLink: () => Promise.resolve(LINK),
    ...does,
  };
}

it.each(['created', 'not-first'] as const)('says that the admin of the settings is %s', async outcome => {
  const setup = setupThat({ ensureAdmin: () => Promise.resolve(outcome) });
  expect(await prepareFirstAdmin(setup, ADMIN)).toEqual({ kind: outcome, email: ADMIN.email });
});

it.each([
  ['the settings name one of them', ADMIN],
  ['the settings name nobody', null],
])('makes neither an account nor a link when there are accounts and %s', async (_which, admin) => {
  const setup = setupThat({ ensureAdmin: () => Promise.resolve('exists') });
  expect(await prepareFirstAdmin(setup, admin)).toEqual({ kind: 'accounts' });
});

it('makes a link when there is no account and the settings name nobody', async () => {
  const setup = setupThat({ needed: () => Promise.resolve(true) });
  expect(await prepareFirstAdmin(setup, null)).toEqual({ kind: 'link', ...LINK });
});

it('names the variable whose password nobody may have', async () => {
  const weak = new AuthError('WEAK_PASSWORD', 'is the e-mail address');
  const setup = setupThat({ ensureAdmin: () => Promise.reject(weak) });
  await expect(prepareFirstAdmin(setup, ADMIN)).rejects.toMatchObject({
    code: 'CONFIGURATION_INVALID',
    problems: [{ source: 'environment', path: 'ADMIN_PASSWORD', message: 'is the e-mail address' }],
  });
});

it('passes on what else goes wrong', async () => {
  const setup = setupThat({ ensureAdmin: () => Promise.reject(new Error('no database')) });
  await expect(prepareFirstAdmin(setup, ADMIN)).rejects.toThrow('no database');
});
