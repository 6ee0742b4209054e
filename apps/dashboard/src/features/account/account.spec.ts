import { describe, expect, it } from 'vitest';
import { ApiError, NO_ANSWER } from '../../api/api-error.ts';
import { messages } from '../../messages/text.ts';
import { sentenceOf, sentenceOfCode } from './failure-text.ts';
import { emailProblem, fieldProblems, newPasswordProblem, problemOfAnswer } from './form-problem.ts';
import { secretIn } from './link-secret.ts';
import { nextPath, signInPath } from './next-path.ts';
import { lengthVerdict } from './password-length.ts';
import { permissionText } from './permission-text.ts';

describe('where to go after signing in', () => {
  it.each([
    ['/', '/'],
    ['/?network=acme&view=services', '/?network=acme&view=services'],
    ['/api/docs', '/api/docs'],
    ['/machines/acme/db-1?range=7d#cpu', '/machines/acme/db-1?range=7d#cpu'],
    ['/a/../b', '/b'],
    ['/a\\..\\..\\b', '/b'],
    ['/sign-inside', '/sign-inside'],
  ])('%j is a path of this server', (wish, path) => {
    expect(nextPath(wish)).toBe(path);
  });

  it.each([
    null,
    '',
    'machines',
    'https://evil.example/',
    '//evil.example/',
    '//evil.example/machines',
    '/\\evil.example/',
    '\\\\evil.example/',
    '/\t/evil.example/',
    '\t//evil.example/',
    '/\n/evil.example/',
    ' //evil.example/',
    '/.//evil.example/',
    '/a/..//evil.example/',
    'javascript:alert(1)',
    '/sign-in',
    '/sign-in?next=/sign-in',
    '/sign-in/',
  ])('%j is not, so it leads to the start', wish => {
    expect(nextPath(wish)).toBe('/');
  });

  it.each([
    ['/', '/sign-in'],
    ['/?network=a b', '/sign-in?next=%2F%3Fnetwork%3Da%2520b'],
    ['//evil.example', '/sign-in'],
  ])('from %j it is %j', (from, path) => {
    expect(signInPath(from)).toBe(path);
  });

  it('what it leads back to is where one was', () => {
    const from = '/?network=acme&q=is%3Adown';
    expect(nextPath(new URLSearchParams(signInPath(from).split('?')[1]).get('next'))).toBe(from);
  });
});

describe('why it did not work', () => {
  it.each([
    ['SIGN_IN_FAILED', messages.failure.sign_in_failed],
    ['google_not_allowed', messages.failure.google_not_allowed],
    [NO_ANSWER, messages.failure.no_answer],
    ['nobody_knows', null],
    ['', null],
    ['constructor', null],
    ['__proto__', null],
  ])('the code %j says %j', (code, sentence) => {
    expect(sentenceOfCode(code)).toBe(sentence);
  });

  it.each([
    ['a sentence of ours', new ApiError('SIGN_IN_FAILED', 401, 'x'), messages.failure.sign_in_failed],
    ["else the server's", new ApiError('NEW_CODE', 409, 'Said by the server.'), 'Said by the server.'],
    ['else the code', new ApiError('http_502', 502, null), 'distomon answered with an error (http_502).'],
    ['and of a bug nothing but that', new TypeError('x is undefined'), messages.failed.other],
  ])('%s', (_, error, sentence) => {
    expect(sentenceOf(error)).toBe(sentence);
  });

  it.each([
    'GOOGLE_STATE',
    'GOOGLE_UNVERIFIED',
    'GOOGLE_NOT_ALLOWED',
    'GOOGLE_UNAVAILABLE',
    'GOOGLE_REFUSED',
    'GOOGLE_CONFLICT',
    'GOOGLE_OFF',
    'ACCOUNT_DISABLED',
  ])('%s, with which signing in with Google can end, has a sentence', code => {
    expect(sentenceOfCode(code)).not.toBeNull();
  });
});

describe('a refused form', () => {
  const invalid = { retryAfterSeconds: null, fields: { email: 'must be an address', token: 'must be 43 characters' } };

  it.each([
    [
      'marks the password, and says nothing of which one was wrong',
      new ApiError('SIGN_IN_FAILED', 401, null),
      { alert: messages.failure.sign_in_failed, fields: { password: '' } },
    ],
    [
      'says of a weak password why',
      new ApiError('WEAK_PASSWORD', 400, 'It is the e-mail address.'),
      { alert: null, fields: { password: 'It is the e-mail address.' } },
    ],
    [
      'names the fields there are',
      new ApiError('INVALID_REQUEST', 400, 'Wrong.', invalid),
      { alert: null, fields: { email: messages.field.emailMissing } },
    ],
    [
      'says what is about no field',
      new ApiError('INVALID_REQUEST', 400, 'Wrong.', { retryAfterSeconds: null, fields: { token: 'x' } }),
      { alert: 'Wrong.', fields: {} },
    ],
    ['says what it can of a bug', new TypeError('x'), { alert: messages.failed.other, fields: {} }],
  ])('%s', (_, error, problem) => {
    expect(problemOfAnswer(error)).toEqual(problem);
  });
});

describe('before anything is sent', () => {
  it.each([
    ['anna@acme.example', true],
    ['anna@localhost', true],
    ['', false],
    ['anna', false],
    ['anna@', false],
    ['anna@a@b', false],
    ['anna @acme.example', false],
  ])('%j is an address: %s', (email, isAddress) => {
    expect(emailProblem(email) === undefined).toBe(isAddress);
  });

  it.each([
    ['', 'empty', 0],
    ['correct horse', 'short', 13],
    ['correct horse b', 'enough', 15],
    ['😀'.repeat(14), 'short', 14],
    // One letter and one accent are one character when they are stored.
    ['e\u0301'.repeat(15), 'enough', 15],
    ['e\u0301'.repeat(14), 'short', 14],
    ['x'.repeat(256), 'enough', 256],
    ['x'.repeat(257), 'long', 257],
  ])('the length of %j is %s (%i)', (password, kind, length) => {
    expect(lengthVerdict(password)).toEqual({ kind, length });
    expect(newPasswordProblem(password) === undefined).toBe(kind === 'enough');
  });

  it('a form without a problem has none', () => {
    expect(fieldProblems({ email: undefined, password: undefined })).toBeNull();
    expect(fieldProblems({ email: 'x', password: undefined })).toEqual({ alert: null, fields: { email: 'x' } });
  });
});

describe('the secret of a link', () => {
  const secret = `${'aB3-_'.repeat(8)}xyz`;

  it.each([
    [`#${secret}`, secret],
    [secret, null],
    [`#${secret}x`, null],
    [`#${secret.slice(1)}`, null],
    [`#${secret.slice(1)}=`, null],
    ['#main', null],
    ['#', null],
    ['', null],
  ])('in %j is %j', (hash, found) => {
    expect(secretIn(hash)).toBe(found);
  });
});

it.each([
  ['history:read', messages.permission['history:read']],
  ['constructor', null],
  ['', null],
  [null, null],
])('the permission %j is said as %j', (permission, text) => {
  expect(permissionText(permission)).toBe(text);
});
