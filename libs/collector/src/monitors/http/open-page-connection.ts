import type { Access, Clock } from '#config';
import type { Socket } from 'node:net';
import type { NameLookups } from '../../reading/name-lookups.ts';
import { secureContextOf } from '../check/access.ts';
import type { Attempt } from '../check/attempt.ts';
import { daysLeft } from '../check/certificate.ts';
import { decideTrust } from '../check/decide-trust.ts';
import { ended, found, wrong, type Found } from '../check/finding.ts';
import { openTcp } from '../check/open-tcp.ts';
import { openTls } from '../check/open-tls.ts';
import type { Peer } from '../check/peer.ts';

/** A connection to the server that was meant. */
export interface PageConnection {
  readonly socket: Socket;
  readonly peer: Peer;
  /** Days until its certificate ends; `null`: there is none. */
  readonly daysLeft: number | null;
}

interface PageConnectionDeps {
  readonly clock: Clock;
  readonly names: NameLookups;
  /** Our certificate and the authorities to trust; `null`: none, and those that come with Node. */
  readonly access: Access | null;
}

/** Connects to the host of a URL; over TLS only to a server that proves to be that host. */
export async function openPageConnection(
  attempt: Attempt,
  url: URL,
  { clock, names, access }: PageConnectionDeps,
): Promise<Found<PageConnection>> {
  const peer = peerOf(url);
  if (url.protocol === 'http:') {
    const socket = await openTcp(attempt, peer, names);
    return socket.ok ? found({ socket: socket.value, peer, daysLeft: null }) : socket;
  }
  const context = secureContextOf(access);
  if (!context.ok) return context;
  const handshake = { peer, name: peer.host, context: context.value, protocol: 'http/1.1', names } as const;
  const secured = await openTls(attempt, handshake);
  if (!secured.ok) return secured;
  const { socket, presented } = secured.value;
  const now = clock.now();
  const left = daysLeft(presented, now);
  const problems = decideTrust(presented, peer.host, now);
  if (problems.length > 0) return ended(wrong('tls', `${peer.host}: ${problems.join('; ')}.`, { daysLeft: left }));
  return found({ socket, peer, daysLeft: left });
}

function peerOf({ hostname, port, protocol }: URL): Peer {
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'https:' ? 443 : 80) };
}
