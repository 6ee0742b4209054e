import { isIPv6 } from 'node:net';

/** Where something listens. */
export interface Peer {
  /** A name or an address, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** `db-1:5432`, `[::1]:5432`. */
export function showPeer({ host, port }: Peer): string {
  return `${bracketed(host)}:${port}`;
}

/** A host as it stands in a URL. */
export function bracketed(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}
