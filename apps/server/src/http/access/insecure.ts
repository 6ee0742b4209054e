import type { Request } from 'express';
import { isLoopback } from '#config';
import { clientAddress, plainAddress } from './client-address.ts';

/**
 * Whether somebody looks from another machine without TLS: everybody on the way can read what signs him in. The name that
 * was asked for tells it, not the socket: in a container the browser of the same machine comes from a bridge. A proxy may
 * ask by a name of its own; then what it says of the client tells.
 */
export function isInsecure(request: Pick<Request, 'secure' | 'hostname' | 'ip' | 'socket'>): boolean {
  if (request.secure) return false;
  if (!isLoopback(request.hostname)) return true;
  const address = clientAddress(request);
  return address !== plainAddress(request.socket.remoteAddress) && !isLoopback(address);
}
