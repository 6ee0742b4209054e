import { errors } from 'undici';
import { expect, test } from 'vitest';
import { decideFailure, type Stage } from './decide-failure.ts';

const peer = { host: 'a.example', port: 443 };
const coded = (code: string, more: object = {}): Error => Object.assign(new Error(code), { code, ...more });

test.each<[unknown, Stage, string, RegExp]>([
  [coded('ECONNREFUSED'), 'connecting', 'refused', /^a\.example:443 refuses the connection/],
  [new AggregateError([coded('ECONNREFUSED')]), 'connecting', 'refused', /refuses/],
  [coded('EHOSTUNREACH'), 'connecting', 'unreachable', /^There is no way to a\.example:443 \(EHOSTUNREACH\)\.$/],
  [new AggregateError([coded('ENETUNREACH')]), 'connecting', 'unreachable', /\(ENETUNREACH\)/],
  [coded('ETIMEDOUT'), 'connecting', 'timeout', /does not answer \(ETIMEDOUT\)/],
  [coded('ENOTFOUND'), 'connecting', 'dns', /^a\.example cannot be resolved: there is no such name \(ENOTFOUND\)\.$/],
  [coded('ENODATA'), 'connecting', 'dns', /the name has no address/],
  [coded('EAI_AGAIN'), 'connecting', 'dns', /the name server gives no answer \(EAI_AGAIN\)/],
  [coded('ECONNRESET'), 'connecting', 'reset', /broke the connection/],
  [coded('ECONNRESET'), 'connected', 'reset', /broke the connection before it had answered/],
  [new errors.SocketError('other side closed'), 'connected', 'reset', /broke the connection/],
  [coded('ECONNRESET'), 'handshaking', 'tls', /it broke the connection during the TLS handshake/],
  [coded('ERR_SSL_WRONG_VERSION_NUMBER'), 'handshaking', 'tls', /what answers there does not speak TLS/],
  [
    coded('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', { reason: 'tlsv1 alert protocol version' }),
    'handshaking',
    'tls',
    /the TLS handshake failed: “tlsv1 alert protocol version”/,
  ],
  [coded('ERR_SSL_WHATEVER'), 'handshaking', 'tls', /the TLS handshake failed: ERR_SSL_WHATEVER/],
  [
    coded('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
    'connected',
    'denied',
    /another client certificate, or one at all/,
  ],
  [new errors.HTTPParserError('Expected HTTP/'), 'connected', 'bad_response', /^a\.example:443: “Expected HTTP\/”\.$/],
  [new errors.HeadersOverflowError(), 'connected', 'too_large', /Headers Overflow/],
  [coded('EMFILE'), 'connecting', 'unobserved', /^distomon itself could not look at a\.example:443 \(EMFILE\)\.$/],
  ['what', 'connecting', 'unobserved', /unknown error/],
])('%s while %s is %s', (error, stage, reason, detail) => {
  expect(decideFailure(error, peer, stage)).toMatchObject({ reason, detail: expect.stringMatching(detail) });
});
