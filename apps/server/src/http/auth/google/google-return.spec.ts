import { expect, it } from 'vitest';
import { AuthError } from '#auth';
import { AppError } from '#config';
import { stateUnknown } from './google-attempts.ts';
import { googleReturnOf } from './google-return.ts';

const PROFILE = { subject: '1', email: 'alice@example.org', verified: true, name: 'Alice', hostedDomain: null };

/** An error as passport-oauth2 has them. */
function strategyError(name: string, more: object): Error {
  return Object.assign(new Error('no'), { name, ...more });
}

it('somebody who came back goes where he wanted to', () => {
  const info = { state: { next: '/machines' } };
  expect(googleReturnOf({ error: null, profile: PROFILE, info })).toEqual({ profile: PROFILE, next: '/machines' });
});

const wrapped = new AuthError('GOOGLE_UNAVAILABLE', 'no');
it.each<[string, unknown, string]>([
  ['access_denied on its page', null, 'GOOGLE_REFUSED'],
  ['another refusal on its page', strategyError('AuthorizationError', { code: 'invalid_scope' }), 'GOOGLE_REFUSED'],
  ['trouble of its own', strategyError('AuthorizationError', { code: 'server_error' }), 'GOOGLE_UNAVAILABLE'],
  [
    'trouble for a while',
    strategyError('AuthorizationError', { code: 'temporarily_unavailable' }),
    'GOOGLE_UNAVAILABLE',
  ],
  ['what asking it came to', strategyError('InternalOAuthError', { oauthError: wrapped }), 'GOOGLE_UNAVAILABLE'],
  ['an unknown state', stateUnknown(), 'GOOGLE_STATE'],
  ['a database that is away', new AppError('STORAGE_UNAVAILABLE', 'no'), 'STORAGE_UNAVAILABLE'],
  ['something thrown that is no error', 'no', 'GOOGLE_UNAVAILABLE'],
])('%s', (_, error, code) => {
  expect(() => googleReturnOf({ error, profile: false, info: undefined })).toThrow(expect.objectContaining({ code }));
});

it('a mistake of ours stays one', () => {
  const mistake = new TypeError('x is not a function');
  expect(() => googleReturnOf({ error: mistake, profile: undefined, info: undefined })).toThrow(mistake);
});
