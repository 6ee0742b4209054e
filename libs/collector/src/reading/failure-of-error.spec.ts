import { expect, test } from 'vitest';
import { NO_CREDENTIALS, type Credentials } from './credentials.ts';
import { failureOfError } from './failure-of-error.ts';
import type { ConnectionFacts } from './reason-of.ts';

const plain: ConnectionFacts = { connected: true, handshaking: false, reused: false, bytes: 0, tls: false };
const secured: ConnectionFacts = { ...plain, tls: true };
const handshaking: ConnectionFacts = { ...secured, connected: false, handshaking: true };
const certificate: Credentials = { ...NO_CREDENTIALS, name: 'agents', hasCertificate: true };
const authorities: Credentials = { ...NO_CREDENTIALS, name: 'agents', hasAuthorities: true };
const target = { origin: 'https://db-1:19999', host: 'db-1:19999', path: '' };

test.each([
  ['ECONNREFUSED', plain, NO_CREDENTIALS, 'refused', /^db-1:19999 refuses the connection: nothing listens there\.$/],
  ['UND_ERR_SOCKET', plain, NO_CREDENTIALS, 'denied', /without a byte: add our address to "allow connections from"/],
  ['UND_ERR_SOCKET', secured, NO_CREDENTIALS, 'denied', /after the TLS handshake.*wants a client certificate/],
  ['UND_ERR_SOCKET', secured, certificate, 'denied', /does not accept the client certificate of auth "agents", or/],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', secured, NO_CREDENTIALS, 'denied', /wants a client certificate: give/],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', handshaking, certificate, 'denied', /client certificate of auth "agents" \(told/],
  ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', handshaking, NO_CREDENTIALS, 'tls', /told; perhaps it wants a client/],
  ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', handshaking, certificate, 'tls', /^db-1:19999: told$/],
  ['ERR_SSL_WRONG_VERSION_NUMBER', handshaking, NO_CREDENTIALS, 'tls', /speaks no TLS/],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', handshaking, NO_CREDENTIALS, 'tls', /that has ca_file$/],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', handshaking, authorities, 'tls', /ca_file of auth "agents" does not hold/],
  ['CERT_HAS_EXPIRED', handshaking, NO_CREDENTIALS, 'tls', /^db-1:19999: told$/],
  ['ENOTFOUND', plain, NO_CREDENTIALS, 'dns', /^db-1:19999: told$/],
] as const)('%s on %o of %o: %s', (code, facts, credentials, reason, detail) => {
  const failed = failureOfError(Object.assign(new Error('told'), { code }), facts, { ...target, credentials });
  expect([failed.reason, failed.detail]).toEqual([reason, expect.stringMatching(detail)]);
});

test('an error without a message is named by its code', () => {
  const error = Object.assign(new AggregateError([], ''), { code: 'EHOSTUNREACH' });
  expect(failureOfError(error, plain, { ...target, credentials: NO_CREDENTIALS }).detail).toBe(
    'db-1:19999: EHOSTUNREACH',
  );
});
