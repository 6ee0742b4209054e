import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';

const REFUSAL =
  'Until distomon has accounts it answers only to the machine that runs its container, at an address published on\n' +
  'loopback: docker run -p 127.0.0.1:3000:3000. To look from elsewhere, use an SSH tunnel or a proxy that asks for a password.\n';

/**
 * Until accounts exist the server listens on loopback only. In a container that is the container's own loopback, where no
 * published port leads. The door listens on the container's other addresses and hands on to the server what comes from
 * the machine that runs the container; everybody else, another container or another machine, is told why not.
 */
export function openDoor(port: number): void {
  const own = Object.values(networkInterfaces()).flatMap(addresses => addresses ?? []);
  const outer = own.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
  const gateways = gatewaysOf(readFileSync('/proc/net/route', 'utf8'));
  for (const address of outer) {
    const door = createServer({ allowHalfOpen: true }, peer => {
      if (isThisMachine(peer.remoteAddress, { gateways, own: outer })) handOn(peer, port);
      else refuse(peer);
    });
    door.on('error', error => console.error(`distomon cannot be reached through ${address}: ${error.message}`));
    door.listen(port, address);
  }
}

/**
 * What a port published on this machine's loopback carries comes from the default gateway, for that is this machine's end
 * of the container's network, or, where an engine without root carries it, from the container's own address.
 */
export function isThisMachine(
  peer: string | undefined,
  { gateways, own }: { readonly gateways: readonly string[]; readonly own: readonly string[] },
): boolean {
  return peer !== undefined && (gateways.includes(peer) || own.includes(peer));
}

/** The default gateways of a text like /proc/net/route, where an address is the hexadecimal form of a number in memory. */
export function gatewaysOf(routes: string): string[] {
  const rows = routes.split('\n').map(line => line.split(/\s+/));
  return rows.flatMap(([, destination, gateway]) =>
    destination === '00000000' && gateway !== undefined && gateway !== '00000000' ? [dotted(gateway)] : [],
  );
}

/** Every processor that the image is built for keeps the lowest byte first. */
function dotted(hex: string): string {
  return Buffer.from(hex, 'hex').toReversed().join('.');
}

function handOn(peer: Socket, port: number): void {
  const server = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  peer.pipe(server).pipe(peer);
  for (const [one, other] of [
    [peer, server],
    [server, peer],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}

const REFUSAL_MS = 5_000;

function refuse(peer: Socket): void {
  peer.on('error', () => peer.destroy());
  peer.resume();
  // Whoever does not close its end would keep a socket of ours.
  peer.setTimeout(REFUSAL_MS, () => peer.destroy());
  const head = 'HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n';
  peer.end(`${head}Content-Length: ${Buffer.byteLength(REFUSAL)}\r\n\r\n${REFUSAL}`);
}
