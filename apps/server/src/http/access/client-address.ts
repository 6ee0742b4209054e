import { isIP } from 'node:net';
import type { Request } from 'express';

/** What stands for an address when there is none, as behind a UNIX socket whose proxy does not say. */
const UNKNOWN_ADDRESS = 'unknown';

const MAPPED = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

/** Where a request comes from: the address that the last trusted proxy names, or the socket's. */
export function clientAddress({ ip }: Pick<Request, 'ip'>): string {
  return plainAddress(ip);
}

/**
 * An address as it is written in logs and lists: IPv4 in its own form also where a socket of IPv6 got it, and no zone.
 * Whatever is no address is `unknown`: a header of somebody's making must not become a name to count by.
 */
export function plainAddress(address: string | undefined): string {
  const bare = (address ?? '').replace(/%.*$/s, '').replace(MAPPED, '').toLowerCase();
  return isIP(bare) === 0 ? UNKNOWN_ADDRESS : bare;
}
