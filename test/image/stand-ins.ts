import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { ContainerEngine } from './engine.ts';

const ROOT = join(import.meta.dirname, '../..');
const DEBIAN = 'http://deb.debian.org/debian';

/**
 * The images that the Dockerfile and docker-compose.yml begin with, under their names, made here of Debian's packages and
 * this machine's Node and npm: the official ones are in a registry that a test cannot count on. The files themselves are
 * used as they stand. What stands in for PostgreSQL and Redis starts them as the official images do; their versions are
 * Debian's.
 */
export class StandIns {
  readonly #engine: ContainerEngine;
  readonly #debian: string;
  readonly #node: string;
  readonly #services: Readonly<Record<'postgres' | 'redis', string>>;

  private constructor(engine: ContainerEngine, dockerfile: string, compose: string) {
    const images = (parse(compose) as { services: Record<string, { image: string }> }).services;
    this.#engine = engine;
    this.#debian = `docker.io/library/debian:${tagIn(dockerfile, 'DEBIAN_TAG')}`;
    this.#node = `docker.io/library/node:${tagIn(dockerfile, 'NODE_TAG')}`;
    this.#services = { postgres: images['postgres']?.image ?? '', redis: images['redis']?.image ?? '' };
  }

  static async create(engine: ContainerEngine): Promise<StandIns> {
    const read = (name: string): Promise<string> => readFile(join(ROOT, name), 'utf8');
    return new StandIns(engine, await read('Dockerfile'), await read('docker-compose.yml'));
  }

  /** What the other ones begin with. */
  async makeDebian(): Promise<void> {
    const { directory } = this.#engine;
    const [, release = ''] = /:(\w+)-slim$/.exec(this.#debian) ?? [];
    // As in the official image: nothing that is built has to survive a power cut.
    await mkdir(join(directory, 'debian/etc/dpkg/dpkg.cfg.d'), { recursive: true });
    await writeFile(join(directory, 'debian/etc/dpkg/dpkg.cfg.d/docker-apt-speedup'), 'force-unsafe-io\n');
    await this.#engine.run('debootstrap', '--variant=minbase', release, `${directory}/debian`, DEBIAN);
    const archive = `${directory}/debian.tar`;
    await this.#engine.run('tar', '-C', `${directory}/debian`, ...LEFT_OUT, '-cf', archive, '.');
    await this.#engine.podmanOnHost('import', archive, this.#debian);
  }

  async makeNode(): Promise<void> {
    const context = join(this.#engine.directory, 'node');
    await mkdir(context);
    await cp(process.execPath, join(context, 'node'));
    const npm = await this.#engine.run('sh', '-c', 'readlink -f "$(command -v npm)"');
    await cp(dirname(dirname(npm)), join(context, 'npm'), { recursive: true });
    await this.#build(
      this.#node,
      context,
      `FROM ${this.#debian}
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
`,
    );
  }

  async makeServices(): Promise<void> {
    const context = join(this.#engine.directory, 'services');
    await mkdir(context);
    await writeFile(join(context, 'postgres.sh'), START_POSTGRES);
    const containerfile = `FROM ${this.#debian} AS installed
RUN apt-get update -q && apt-get install -q -y --no-install-recommends postgresql-common redis-server \\
    && echo 'create_main_cluster = false' >>/etc/postgresql-common/createcluster.conf \\
    && apt-get install -q -y --no-install-recommends postgresql
FROM installed AS postgres
COPY postgres.sh /
VOLUME /var/lib/postgresql
STOPSIGNAL SIGINT
ENTRYPOINT ["/bin/sh", "/postgres.sh"]
FROM installed AS redis
ENTRYPOINT ["setpriv", "--reuid=redis", "--regid=redis", "--clear-groups"]
`;
    for (const target of ['postgres', 'redis'] as const)
      await this.#build(this.#services[target], context, containerfile, '--layers', '--target', target);
  }

  async #build(tag: string, context: string, containerfile: string, ...options: readonly string[]): Promise<void> {
    const path = `${context}.containerfile`;
    await writeFile(path, containerfile);
    const args = ['--isolation', 'chroot', '--pull=never', '--format', 'docker', '-f', path, '-t', tag];
    await this.#engine.podmanOnHost('build', ...args, ...options, context);
  }
}

/** What Debian's slim images lack, too. */
const LEFT_OUT = [
  './usr/share/doc',
  './usr/share/man',
  './usr/share/locale',
  './var/cache/apt',
  './var/lib/apt/lists',
].map(path => `--exclude=${path}/*`);

/** The part of the official image's start that docker-compose.yml counts on. */
const START_POSTGRES = `set -eu
PATH="$(echo /usr/lib/postgresql/*/bin):$PATH"
data=/var/lib/postgresql/18/docker
as_postgres() { setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }
if [ ! -e "$data/PG_VERSION" ]; then
  install -d -o postgres -g postgres -m 0700 /var/lib/postgresql/18 "$data"
  as_postgres initdb --username="$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" --auth=scram-sha-256 -D "$data"
  echo "create database $POSTGRES_DB" | as_postgres postgres --single -D "$data" postgres
  echo 'host all all all scram-sha-256' >>"$data/pg_hba.conf"
fi
install -d -o postgres -g postgres /var/run/postgresql
exec setpriv --reuid=postgres --regid=postgres --clear-groups postgres -D "$data" -c 'listen_addresses=*'
`;

function tagIn(dockerfile: string, argument: string): string {
  const tag = new RegExp(`^ARG ${argument}=(\\S+)$`, 'm').exec(dockerfile)?.[1];
  if (tag === undefined) throw new Error(`the Dockerfile gives no ${argument}`);
  return tag;
}
