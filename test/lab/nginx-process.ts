import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accepts, until } from './host-command.ts';

/** Where nginx keeps what it is sent; without these it would want directories of its package. */
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/**
 * A real nginx with a configuration of its own, in the root namespace. Its pid is recorded in the lab's directory, so that
 * the keeper ends it when the test is killed.
 */
export class NginxProcess {
  readonly #directory: string;
  #process: ChildProcess | null = null;

  /** @param directory of the lab, as {@link clusterNames} names it */
  constructor(directory: string) {
    this.#directory = join(directory, 'nginx');
  }

  /** Writes a file that the configuration names and returns its path. */
  async file(name: string, text: string): Promise<string> {
    await mkdir(this.#directory, { recursive: true });
    const path = join(this.#directory, name);
    await writeFile(path, text);
    return path;
  }

  /**
   * Resolves when it listens.
   *
   * @param http what stands in its block `http`
   * @param host and `port`: those of one of its servers
   */
  async start(http: string, host: string, port: number): Promise<void> {
    const path = await this.file('nginx.conf', configuration(this.#directory, http));
    const log = await this.file('error.log', '');
    // `nginx` lies in /usr/sbin, which is not in the PATH of every root.
    const env = { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };
    const child = spawn('nginx', ['-p', this.#directory, '-e', log, '-c', path], {
      env,
      stdio: 'ignore',
      detached: true,
    });
    this.#process = child;
    await Promise.race([once(child, 'spawn'), once(child, 'error').then(([error]) => Promise.reject(error as Error))]);
    await until(`nginx to listen; see ${log}`, 10_000, () => accepts(host, port));
  }

  /** Safe to call twice. */
  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }
}

/** One process, so that killing it leaves no workers behind. */
function configuration(directory: string, http: string): string {
  const paths = TEMPORARY.map(name => `  ${name}_temp_path ${join(directory, name)};`);
  return `daemon off;
master_process off;
pid ${join(directory, '..', 'nginx.pid')};
events {}
http {
  access_log off;
${paths.join('\n')}
${http}
}
`;
}
