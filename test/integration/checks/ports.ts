import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { afterAll } from 'vitest';

/** Nothing listens there; below 1024, nothing will. */
export const CLOSED_PORT = 1;

/** The broadcast address of the loopback network: TCP cannot go there (ENETUNREACH on Linux, EACCES elsewhere). */
export const UNREACHABLE = '127.255.255.255';

/** A name that will never be (RFC 2606). */
export const NO_SUCH_NAME = 'no-such-host.invalid';

/** The counterparts of a test file: ports of its own, all gone when the file is over. */
export function usePorts(): Ports {
  const ports = new Ports();
  afterAll(() => ports.close());
  return ports;
}

/** Opens ports and closes them. */
export class Ports {
  readonly #closers: (() => Promise<unknown>)[] = [];

  /** Lets a server listen; connections that are still open at the end are destroyed then. */
  async listen(server: Server): Promise<number> {
    const open = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      open.add(socket);
      // We break connections on purpose, and so do those we provoke.
      socket.on('error', () => undefined);
      socket.on('close', () => open.delete(socket));
    });
    this.whenOver(() => {
      for (const socket of open) socket.destroy();
      return once(server.close(), 'close');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  }

  /** A port that does this with each connection. */
  that(treat: (socket: Socket) => void): Promise<number> {
    return this.listen(createServer(treat));
  }

  /** A port behind TLS that says nothing. A handshake that fails is what some tests are about. */
  secure(options: TlsOptions): Promise<number> {
    const server = createTlsServer(options, socket => socket.on('error', () => undefined));
    server.on('tlsClientError', () => undefined);
    return this.listen(server);
  }

  /**
   * A port whose queue of connections is full: a process that listens and was stopped before it accepted any. The next
   * connection gets no answer at all.
   */
  async full(): Promise<number> {
    const child = spawn(process.execPath, ['-e', LISTEN_ONLY], { stdio: ['ignore', 'pipe', 'ignore'] });
    this.whenOver(async () => {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    child.kill('SIGSTOP');
    const port = Number(line.toString());
    const waiting = Array.from({ length: 6 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
    this.whenOver(() => Promise.resolve(waiting.forEach(socket => socket.destroy())));
    // The kernel takes one more than the backlog says; from then on it takes none.
    await Promise.all(waiting.slice(0, 2).map(socket => once(socket, 'connect')));
    return port;
  }

  whenOver(close: () => Promise<unknown>): void {
    this.#closers.push(close);
  }

  async close(): Promise<void> {
    await Promise.all(this.#closers.map(close => close()));
  }
}

const LISTEN_ONLY = `require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
  console.log(this.address().port);
})`;
