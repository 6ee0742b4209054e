import { isIP } from 'node:net';
import { connect, type SecureContext, type TLSSocket } from 'node:tls';
import type { NameLookups } from '../../reading/name-lookups.ts';
import type { Attempt } from './attempt.ts';
import { presentedBy, type Presented } from './certificate.ts';
import { decideFailure, type Stage } from './decide-failure.ts';
import { ended, found, wrong, type Found } from './finding.ts';
import { watchConnecting } from './open-tcp.ts';
import { showPeer, type Peer } from './peer.ts';

/** A connection on which TLS is established, and what the server showed. Nothing is verified yet. */
export interface Secured {
  readonly socket: TLSSocket;
  readonly presented: Presented;
}

/** How a connection is made. */
export interface Handshake {
  readonly peer: Peer;
  /** The name that is asked for (SNI); an IP address is never sent. */
  readonly name: string;
  /** Our certificate, and the authorities that the chain is compared with. */
  readonly context: SecureContext;
  /** What we want to speak (ALPN); `null`: that is not talked about, for some servers refuse whatever is not theirs. */
  readonly protocol: 'http/1.1' | null;
  readonly names: NameLookups;
}

/**
 * Connects and makes the handshake. Whoever sends something over it decides by `presented` first whether that is the right
 * server: here the chain is looked at, and a bad one is no error, so that all of what is wrong can be told.
 *
 * Node makes the connection, too: where it was handed an open socket, destroying that one first crashed the process
 * (Node 24.21).
 */
export function openTls(attempt: Attempt, handshake: Handshake): Promise<Found<Secured>> {
  const { peer, name, context, protocol, names } = handshake;
  return new Promise(resolve => {
    let stage: Stage = 'connecting';
    const socket = connect({
      ...peer,
      lookup: names.lookup,
      secureContext: context,
      ...(protocol !== null && { ALPNProtocols: [protocol] }),
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      ...(isIP(name) === 0 && { servername: name.replace(/\.$/, '') }),
    });
    watchConnecting(attempt, socket, peer);
    socket.once('connect', () => {
      stage = 'handshaking';
      attempt.ifLate('timeout', `${showPeer(peer)} accepted the connection, but did not end the TLS handshake`);
    });
    socket.once('secureConnect', () => {
      const presented = presentedBy(socket, name);
      if (presented !== null) resolve(found({ socket, presented }));
      else resolve(ended(wrong('tls', `${showPeer(peer)} shows no certificate, or none that can be read.`)));
    });
    // It stays: an error after this one must not end the process.
    socket.on('error', error => resolve(ended(decideFailure(error, peer, stage))));
  });
}
