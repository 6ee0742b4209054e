import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const BUILD_TIMEOUT_MS = 400_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** The machine that runs the containers, as other machines see it. */
export const HERE = '192.0.2.1';
const ELSEWHERE = '192.0.2.2';

/** One of the two, by what they are to the containers. */
export type Machine = 'here' | 'elsewhere';

/** What a program did. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** An HTTP answer; status 0: there was none. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * A container engine of one test's own: podman with its own images, and with two network namespaces, the machine that
 * runs the containers (`here`) and another one beside it (`elsewhere`). Nothing of it is left when the test's process is
 * gone, however that ends, and nothing of the machine's own containers, images and networks is touched.
 */
export class ContainerEngine {
  readonly directory: string;
  readonly #names: { readonly here: string; readonly elsewhere: string };
  readonly #guard: ChildProcess;

  private constructor(directory: string) {
    this.directory = directory;
    this.#names = { here: `dimg${process.pid}h`, elsewhere: `dimg${process.pid}e` };
    this.#guard = this.#startGuard();
  }

  static async create(): Promise<ContainerEngine> {
    const engine = new ContainerEngine(await mkdtemp(join(tmpdir(), 'distomon-image-')));
    await engine.#writePrograms();
    await engine.#makeNetwork();
    return engine;
  }

  /** Runs podman on the machine `here`, and returns what it printed. */
  async podman(...args: readonly string[]): Promise<string> {
    return await this.run(join(this.directory, 'podman'), ...args);
  }

  /** The same in the network of the machine that really runs this test. */
  async podmanOnHost(...args: readonly string[]): Promise<string> {
    return await this.run(join(this.directory, 'podman-on-host'), ...args);
  }

  /** Like {@link podmanOnHost} for what may fail. */
  async attempt(...args: readonly string[]): Promise<Outcome> {
    return await outcomeOf(execute(join(this.directory, 'podman-on-host'), [...args], { timeout: 60_000 }));
  }

  /** Starts the services of a directory's docker-compose.yml. */
  async composeUp(directory: string): Promise<void> {
    const args = ['--podman-path', join(this.directory, 'podman'), 'up', '-d', '--no-build'];
    const { stdout, stderr } = await execute('podman-compose', args, { cwd: directory, timeout: 120_000 });
    // It goes on, and ends well, when a container cannot be started.
    const failed = /exit code: [1-9]\d*/.exec(stdout + stderr);
    if (failed !== null) throw new Error(stdout + stderr);
  }

  /** Runs a program of the machine. Rejects with what it complained about when it fails. */
  async run(program: string, ...args: readonly string[]): Promise<string> {
    const { stdout } = await execute(program, args, { timeout: BUILD_TIMEOUT_MS, maxBuffer: MAX_OUTPUT_BYTES });
    return stdout.trim();
  }

  /** A GET from one of the two machines. Each keeps its cookies, as a browser does. */
  async get(from: Machine, url: string, accept = '*/*'): Promise<Answer> {
    return await this.#ask(from, url, '-H', `accept: ${accept}`);
  }

  /** The same with a body of JSON. */
  async post(from: Machine, url: string, body: object): Promise<Answer> {
    return await this.#ask(from, url, '-H', 'content-type: application/json', '--data-binary', JSON.stringify(body));
  }

  async #ask(from: Machine, url: string, ...how: readonly string[]): Promise<Answer> {
    const cookies = join(this.directory, `cookies-${from}`);
    const kept = ['-b', cookies, '-c', cookies];
    const asked = ['curl', '-s', '-m', '10', ...kept, ...how, '-w', '\n%{http_code}', url];
    const { output } = await outcomeOf(execute('ip', ['netns', 'exec', this.#names[from], ...asked]));
    const lines = output.split('\n');
    return { status: Number(lines.pop()), body: lines.join('\n') };
  }

  async dispose(): Promise<void> {
    const gone = once(this.#guard, 'exit');
    this.#guard.stdin?.end();
    await gone;
  }

  async #writePrograms(): Promise<void> {
    for (const name of ['tmp', 'networks']) await mkdir(join(this.directory, name));
    await writeFile(join(this.directory, 'containers.conf'), this.#configuration());
    const podman = `podman --root ${this.directory}/store --runroot ${this.directory}/run "$@"`;
    const head = `#!/bin/sh\nexport CONTAINERS_CONF=${this.directory}/containers.conf\nexec`;
    const program = { mode: 0o755 };
    await writeFile(join(this.directory, 'podman-on-host'), `${head} ${podman}\n`, program);
    const enter = `nsenter --net=/run/netns/${this.#names.here}`;
    await writeFile(join(this.directory, 'podman'), `${head} ${enter} ${podman}\n`, program);
  }

  /** Limits that may be set where a container itself runs this test; files in the place of what all podmans share. */
  #configuration(): string {
    return `[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
log_driver = "k8s-file"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "none"
lock_type = "file"
tmp_dir = "${this.directory}/tmp"
[network]
network_backend = "netavark"
network_config_dir = "${this.directory}/networks"
`;
  }

  async #makeNetwork(): Promise<void> {
    const { here, elsewhere } = this.#names;
    for (const line of [
      `netns add ${here}`,
      `netns add ${elsewhere}`,
      `-n ${here} link set lo up`,
      `-n ${here} link add out type veth peer name out netns ${elsewhere}`,
      `-n ${here} addr add ${HERE}/24 dev out`,
      `-n ${elsewhere} addr add ${ELSEWHERE}/24 dev out`,
      `-n ${here} link set out up`,
      `-n ${elsewhere} link set out up`,
    ]) {
      await this.run('ip', ...line.split(' '));
    }
  }

  /** Its standard input ends with this process, or when that is done; then it clears up. */
  #startGuard(): ChildProcess {
    const { here, elsewhere } = this.#names;
    const script = `trap '' INT TERM HUP
cat >/dev/null
${this.directory}/podman rm --force --all --time 0
for pid in $(grep -lsF CONTAINERS_CONF=${this.directory} /proc/[0-9]*/environ | cut -d/ -f3); do kill -9 "$pid"; done
for name in ${here} ${elsewhere}; do
  for pid in $(ip netns pids $name); do kill -9 "$pid"; done
  ip netns del $name
done
umount --recursive ${this.directory}/store/overlay
rm -rf ${this.directory}`;
    const guard = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    guard.unref();
    return guard;
  }
}

async function outcomeOf(running: Promise<{ stdout: string; stderr: string }>): Promise<Outcome> {
  try {
    const { stdout, stderr } = await running;
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string };
    return { code: typeof code === 'number' ? code : -1, output: `${stdout ?? ''}${stderr ?? ''}` };
  }
}
