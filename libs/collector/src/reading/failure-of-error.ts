import type { AgentTarget } from './agent-target.ts';
import { failure, type Failure } from './answer.types.ts';
import { codesOf, isAboutOurCertificate, reasonOf, type ConnectionFacts } from './reason-of.ts';
import { asText } from './shape.ts';

const UNKNOWN_AUTHORITY = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
const NO_TLS = new Set(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'ERR_SSL_HTTP_REQUEST']);

/** All that a TLS 1.2 server says to a client without a certificate, and to others that it cannot agree with. */
const HANDSHAKE_FAILURE = 'ALERT_HANDSHAKE_FAILURE';
const GIVE_CERTIFICATE = 'give the machine an "auth:" that has certificate_file and key_file';
const ALLOW_CONNECTIONS = 'add our address to "allow connections from" in its netdata.conf, section [web]';

/** What an error of a connection means, with a sentence that says what to do where that is known. */
export function failureOfError(error: unknown, facts: ConnectionFacts, target: AgentTarget): Failure {
  const reason = reasonOf(error, facts);
  const message = `${target.host}: ${alertOf(error)}`;
  if (reason === 'denied') return failure(reason, denied(error, facts, target));
  if (reason === 'refused') return failure(reason, `${target.host} refuses the connection: nothing listens there.`);
  if (reason === 'tls') return failure(reason, `${message}${adviceOnTls(error, target)}`);
  return failure(reason, message);
}

function denied(error: unknown, facts: ConnectionFacts, { host, credentials }: AgentTarget): string {
  if (isAboutOurCertificate(error))
    return credentials.hasCertificate
      ? `${host} does not accept the client certificate of auth "${credentials.name}" (${alertOf(error)}).`
      : `${host} wants a client certificate: ${GIVE_CERTIFICATE}.`;
  if (!facts.tls) return `${host} accepts the connection and closes it without a byte: ${ALLOW_CONNECTIONS}.`;
  return credentials.hasCertificate
    ? `${host} closes the connection after the TLS handshake: it does not accept the client certificate of auth "${credentials.name}", or does not serve our address.`
    : `${host} closes the connection after the TLS handshake: it does not serve our address, or wants a client certificate (${GIVE_CERTIFICATE}).`;
}

function adviceOnTls(error: unknown, { credentials }: AgentTarget): string {
  const codes = codesOf(error);
  if (codes.some(code => NO_TLS.has(code))) return '; it speaks no TLS: is its address one with http://?';
  if (codes.some(code => code.endsWith(HANDSHAKE_FAILURE)) && !credentials.hasCertificate)
    return `; perhaps it wants a client certificate (${GIVE_CERTIFICATE})`;
  if (!codes.some(code => UNKNOWN_AUTHORITY.has(code))) return '';
  return credentials.hasAuthorities
    ? `; ca_file of auth "${credentials.name}" does not hold the authority that signed it`
    : '; for an authority of your own give the machine an "auth:" that has ca_file';
}

/** OpenSSL's own words, without the line of its source. */
function alertOf(error: unknown): string {
  return error instanceof Error && 'reason' in error ? (asText(error.reason) ?? messageOf(error)) : messageOf(error);
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return asText(error.message) ?? ('code' in error ? String(error.code) : error.name);
}
