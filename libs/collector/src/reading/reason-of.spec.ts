import { errors } from 'undici';
import { expect, test } from 'vitest';
import { decideRetry, reasonOf, type ConnectionFacts } from './reason-of.ts';

const fresh: ConnectionFacts = { connected: true, handshaking: false, reused: false, bytes: 0, tls: false };
const handshaking: ConnectionFacts = { ...fresh, connected: false, handshaking: true, tls: true };
const coded = (code: string): Error => Object.assign(new Error(code), { code });

test.each([
  ['ECONNREFUSED', fresh, 'refused'],
  ['ETIMEDOUT', fresh, 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', fresh, 'timeout'],
  ['EHOSTUNREACH', fresh, 'unreachable'],
  ['ENETUNREACH', fresh, 'unreachable'],
  ['ENOTFOUND', fresh, 'dns'],
  ['EAI_AGAIN', fresh, 'dns'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', fresh, 'tls'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', fresh, 'tls'],
  ['CERT_HAS_EXPIRED', fresh, 'tls'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', fresh, 'tls'],
  ['ECONNRESET', { ...fresh, tls: true, connected: false }, 'tls'],
  ['INVALID_PURPOSE', handshaking, 'tls'],
  ['HOSTNAME_MISMATCH', handshaking, 'tls'],
  ['ETIMEDOUT', handshaking, 'timeout'],
  ['ECONNRESET', fresh, 'denied'],
  ['UND_ERR_SOCKET', fresh, 'denied'],
  ['UND_ERR_SOCKET', { ...fresh, bytes: 12 }, 'reset'],
  ['UND_ERR_SOCKET', { ...fresh, reused: true }, 'reset'],
  ['ECONNRESET', { ...fresh, reused: true, bytes: 3 }, 'reset'],
  ['HPE_INVALID_CONSTANT', fresh, 'bad_response'],
  ['UND_ERR_HEADERS_OVERFLOW', fresh, 'too_large'],
  ['EMFILE', fresh, 'unobserved'],
  ['ERR_ASSERTION', fresh, 'unobserved'],
] as const)('%s on %o is %s', (code, connection, reason) => {
  expect(reasonOf(coded(code), connection)).toBe(reason);
});

test('a parser error without a code is a bad response', () => {
  expect(reasonOf(new errors.HTTPParserError('what is this'), fresh)).toBe('bad_response');
});

test('when every address of a name fails, the first that can be named counts', () => {
  const all = new AggregateError([coded('EWHATEVER'), coded('ECONNREFUSED'), coded('ENETUNREACH')]);
  expect(reasonOf(all, fresh)).toBe('refused');
});

test('what is no error at all says nothing about the machine', () => {
  expect(reasonOf('oops', fresh)).toBe('unobserved');
});

test.each([
  ['UND_ERR_SOCKET', { ...fresh, reused: true }, true],
  ['ECONNRESET', { ...fresh, reused: true }, true],
  ['UND_ERR_SOCKET', { ...fresh, reused: true, bytes: 1 }, false],
  ['UND_ERR_SOCKET', fresh, false],
  ['ECONNREFUSED', { ...fresh, reused: true }, false],
] as const)('%s on %o deserves another try: %s', (code, connection, retry) => {
  expect(decideRetry(coded(code), connection)).toBe(retry);
});
