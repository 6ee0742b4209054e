import type { Request } from 'express';
import { expect, test } from 'vitest';
import { parseCredential } from './credential.ts';

const COOKIE = 'distomon_session=secret';
const bearer = (token: string) => ({ kind: 'bearer', token });

test.each([
  ['nothing', {}, { kind: 'none' }],
  ['a cookie', { cookie: COOKIE }, { kind: 'session', secret: 'secret' }],
  ['a token', { authorization: 'Bearer dm_abc-_9' }, bearer('dm_abc-_9')],
  ['a token by another spelling', { authorization: 'bearer   dm_abc' }, bearer('dm_abc')],
  ['a token before a cookie', { authorization: 'Bearer dm_abc', cookie: COOKIE }, bearer('dm_abc')],
  ['a wrong header, which no cookie makes good', { authorization: 'Bearer', cookie: COOKIE }, bearer('')],
  ['a name and a password', { authorization: 'Basic YTpi' }, bearer('')],
  ['two tokens', { authorization: 'Bearer dm_abc, Bearer dm_def' }, bearer('')],
  ['an empty header', { authorization: '' }, bearer('')],
])('a request is recognised by %s', (_what, headers, credential) => {
  expect(parseCredential({ headers, secure: false, query: { token: 'dm_abc' } } as unknown as Request)).toEqual(
    credential,
  );
});
