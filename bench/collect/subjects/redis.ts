import { connect } from 'node:net';
import { Program } from './program.ts';

/** A Redis for one server. It writes nothing to disk: a queue only wakes. */
export class Redis {
  readonly url: string;
  readonly #program: Program;

  private constructor(program: Program) {
    this.#program = program;
    this.url = `redis://127.0.0.1:${program.port}`;
  }

  static async start(): Promise<Redis> {
    const options = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'];
    return new Redis(
      await Program.start({
        command: 'redis-server',
        install: 'On Debian: apt-get install redis-server',
        args: async ({ port }) => [...options, '--port', String(port)],
        isReady: canConnect,
      }),
    );
  }

  get pid(): number {
    return this.#program.pid;
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }
}

function canConnect(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
