import { reasonOf, type ConnectionFacts } from '../../reading/reason-of.ts';
import { excerptOf } from './excerpt.ts';
import { wrong, type Finding } from './finding.ts';
import { showPeer, type Peer } from './peer.ts';

/** How far a connection had come when it failed. */
export type Stage = 'connecting' | 'handshaking' | 'connected';

/** What the failure of a connection to this peer means. */
export function decideFailure(error: unknown, peer: Peer, stage: Stage): Finding {
  const reason = reasonOf(error, factsOf(stage));
  const where = showPeer(peer);
  const code = codeOf(error);
  switch (reason) {
    case 'refused':
      return wrong(reason, `${where} refuses the connection: nothing listens there, or a firewall rejects it.`);
    case 'unreachable':
      return wrong(reason, `There is no way to ${where} (${code}).`);
    case 'timeout':
      return wrong(reason, `${where} does not answer (${code}).`);
    case 'dns':
      return wrong(reason, `${peer.host} cannot be resolved: ${lookupTrouble(code)} (${code}).`);
    case 'reset':
      return wrong(reason, `${where} broke the connection before it had answered.`);
    case 'tls':
      return wrong(reason, `${where}: ${handshakeTrouble(error, code)}.`);
    case 'denied':
      return wrong(
        reason,
        `${where} wants another client certificate, or one at all (${code}): look at the monitor's auth.`,
      );
    case 'unobserved':
      return wrong(reason, `distomon itself could not look at ${where} (${code}).`);
    case 'bad_response':
    case 'too_large':
    case 'no_data':
    case 'stale':
      return wrong(reason, `${where}: ${messageOf(error)}.`);
  }
}

/**
 * A check says `reset` whenever the other side closes. That a fresh connection without a byte means `denied` is a habit of
 * Netdata's, so the connection is passed off as one that was used before.
 */
function factsOf(stage: Stage): ConnectionFacts {
  const [connected, handshaking] = [stage === 'connected', stage === 'handshaking'];
  return { connected, handshaking, reused: true, bytes: 0, tls: handshaking };
}

function lookupTrouble(code: string): string {
  if (code === 'ENOTFOUND' || code === 'EAI_NONAME') return 'there is no such name';
  if (code === 'ENODATA' || code === 'EAI_NODATA') return 'the name has no address';
  return 'the name server gives no answer';
}

/** OpenSSL's `reason` is the part of its message that people understand: `tlsv1 alert protocol version`. */
function handshakeTrouble(error: unknown, code: string): string {
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|RECORD_LAYER_FAILURE/.test(code))
    return 'what answers there does not speak TLS';
  if (code === 'ECONNRESET') return 'it broke the connection during the TLS handshake';
  const reason = error instanceof Error && 'reason' in error ? error.reason : null;
  return `the TLS handshake failed: ${typeof reason === 'string' ? excerptOf(reason) : code}`;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  if ('code' in error && typeof error.code === 'string') return error.code;
  const inner = error instanceof AggregateError ? (error.errors as unknown[])[0] : error.cause;
  return inner instanceof Error && inner !== error ? codeOf(inner) : error.name;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? excerptOf(error.message) : 'unknown error';
}
