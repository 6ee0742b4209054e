import { connect, isIP, type Socket } from 'node:net';
import type { NameLookups } from '../../reading/name-lookups.ts';
import type { Attempt } from './attempt.ts';
import { decideFailure } from './decide-failure.ts';
import { ended, found, type Found } from './finding.ts';
import { showPeer, type Peer } from './peer.ts';

/** Opens a connection of the attempt's own, which is destroyed with it. */
export function openTcp(attempt: Attempt, peer: Peer, names: NameLookups): Promise<Found<Socket>> {
  return new Promise(resolve => {
    const socket = connect({ host: peer.host, port: peer.port, lookup: names.lookup, noDelay: true });
    watchConnecting(attempt, socket, peer);
    socket.once('connect', () => resolve(found(socket)));
    // It stays: an error after this one must not end the process.
    socket.on('error', error => resolve(ended(decideFailure(error, peer, 'connecting'))));
  });
}

/** Makes a socket that is connecting a part of an attempt: it is destroyed with it, and the attempt knows what it waits for. */
export function watchConnecting(attempt: Attempt, socket: Socket, peer: Peer): void {
  const waitForPeer = (): void => attempt.ifLate('timeout', `${showPeer(peer)} accepted no connection`);
  if (isIP(peer.host) === 0) attempt.ifLate('dns', `The name ${peer.host} was not resolved`);
  else waitForPeer();
  socket.once('lookup', waitForPeer);
  attempt.whenOver(() => socket.destroy());
}
