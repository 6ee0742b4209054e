import type { Reason } from '#config';

/** What is known about the connection on which a request failed. */
export interface ConnectionFacts {
  /** TCP, and TLS where there is any, was established. */
  readonly connected: boolean;
  /** TCP was established, TLS not yet. */
  readonly handshaking: boolean;
  /** It had carried an earlier answer: the other side may just have closed it for being idle. */
  readonly reused: boolean;
  /** Bytes received for this request. */
  readonly bytes: number;
  readonly tls: boolean;
}

const BY_CODE: Readonly<Record<string, Reason>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ENOTFOUND: 'dns',
  ENODATA: 'dns',
  EPROTO: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UND_ERR_HEADERS_OVERFLOW: 'too_large',
  HPE_HEADER_OVERFLOW: 'too_large',
  // undici gives some of its parser's errors no code.
  HTTPParserError: 'bad_response',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'too_large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
};
const BY_PREFIX: readonly (readonly [prefix: string, reason: Reason])[] = [
  ['EAI_', 'dns'],
  ['ERR_TLS_', 'tls'],
  ['ERR_SSL_', 'tls'],
  ['CERT_', 'tls'],
  ['UNABLE_TO_', 'tls'],
  ['HPE_', 'bad_response'],
];
/** TLS alerts by which the other side says that it does not like our certificate, or that we have none. */
const OUR_CERTIFICATE =
  /ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|CERTIFICATE_(EXPIRED|REVOKED|UNKNOWN)|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)$/;
const CLOSED = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'UND_ERR_SOCKET']);

/**
 * Names why a request failed. An error that no agent can cause (no file descriptors left, a bug of ours) is
 * `unobserved`: it says nothing about the machine.
 */
export function reasonOf(error: unknown, connection: ConnectionFacts): Reason {
  const codes = codesOf(error);
  if (codes.some(code => OUR_CERTIFICATE.test(code))) return 'denied';
  if (codes.some(code => CLOSED.has(code))) return reasonOfClose(connection);
  for (const code of codes) {
    const reason = BY_CODE[code] ?? BY_PREFIX.find(([prefix]) => code.startsWith(prefix))?.[1];
    if (reason !== undefined) return reason;
  }
  // OpenSSL has a hundred ways to refuse a certificate (INVALID_PURPOSE, HOSTNAME_MISMATCH …).
  return connection.handshaking ? 'tls' : 'unobserved';
}

/** Whether it is our certificate, or that we have none, for which the other side broke off. */
export function isAboutOurCertificate(error: unknown): boolean {
  return codesOf(error).some(code => OUR_CERTIFICATE.test(code));
}

/** Whether the other side may merely have closed an idle connection, so that a fresh one deserves a try. */
export function decideRetry(error: unknown, connection: ConnectionFacts): boolean {
  return connection.reused && connection.bytes === 0 && codesOf(error).some(code => CLOSED.has(code));
}

/** An agent that does not like our address accepts and closes without a byte. */
function reasonOfClose(connection: ConnectionFacts): Reason {
  if (connection.tls && !connection.connected) return 'tls';
  if (connection.bytes > 0) return 'reset';
  return connection.reused ? 'reset' : 'denied';
}

/** The error's own code and name, then those below it: several addresses were tried, or one error wraps another. */
export function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code, error.name] : [error.name];
  const below = error instanceof AggregateError ? (error.errors as unknown[]) : [error.cause];
  return [...own, ...below.filter(inner => inner !== error).flatMap(codesOf)];
}
