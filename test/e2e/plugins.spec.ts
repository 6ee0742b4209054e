import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FakeRippled, serverInfo, success } from '../integration/plugins/fake-rippled.ts';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, waitFor, type DisposableDatabase } from '../support/services.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Crashes with every check, and has seen nothing of the server before. */
const BROKEN = `
const found = Object.keys(process.env);
export default {
  kind: 'broken',
  check() {
    console.log('about to crash', process.pid);
    setTimeout(() => { throw new Error('found ' + found.length + ' variables'); });
    return new Promise(() => {});
  },
};`;

const network = (port: number): string => `network_id: acme
version: 1
machines:
  - { name: v-1, netdata: "http://127.0.0.1:1", address: 127.0.0.1 }
monitors:
  - { name: ledger, kind: xrpl-validator, url: "http://127.0.0.1:${port}", interval: 5s }
  - { name: ledgers, kind: xrpl-validator, url: "http://{address}:${port}", interval: 5s, on: [v-1] }
  - { name: trouble, kind: broken, interval: 5s }
`;

const NODECONF = `networks:
  - directory: acme
    node_id: test-1
plugins:
  - path: plugins/xrpl/xrpl-validator.mjs
    settings: { authorization: "Basic eHJwbA==" }
  - path: plugins/broken/plugin.mjs
`;

let database: DisposableDatabase;
let rippled: FakeRippled;
let server: ServerProcess;
let client: Client;

async function writePlugins(config: string): Promise<void> {
  for (const name of ['xrpl', 'broken']) await mkdir(join(config, 'plugins', name), { recursive: true });
  await copyFile(join(ROOT, 'examples/plugins/xrpl-validator.mjs'), join(config, 'plugins/xrpl/xrpl-validator.mjs'));
  await writeFile(join(config, 'plugins/broken/plugin.mjs'), BROKEN);
}

beforeAll(async () => {
  database = await createDatabase(databases()[0]?.url ?? '');
  rippled = await FakeRippled.start();
  server = await ServerProcess.create({ DATABASE_URL: database.url, WINDOW: '10s' });
  await server.network(network(rippled.port));
  await writePlugins(join(server.home, 'config'));
  await writeFile(join(server.home, 'config/nodeconf.yml'), NODECONF);
  await server.start();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await server?.dispose();
  await rippled?.stop();
  await database?.drop();
});

interface Latest {
  readonly name: string;
  readonly monitor: string;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly measures: Record<string, number> | null;
  readonly state: string | null;
}

/** What is stored of a machine or service by one of its monitors. */
async function latest(name: string, monitor = name): Promise<Latest | undefined> {
  const { rows } = await client.query<Latest>(
    `select m.name, l.monitor, l.reason, l.detail, l.measures, v.state
     from latest l join machine m using (machine_id) left join verdict v using (machine_id)
     where m.name = $1 and l.monitor = $2`,
    [name, monitor],
  );
  return rows[0];
}

/** A plugin's process or its guard; both have its program on their command lines. */
function isPlugin(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('plugin-host');
  } catch {
    return false;
  }
}

describe('a server with plugins', { timeout: 120_000 }, () => {
  test('watches a service with one: its state, its detail and its measures are stored', async () => {
    await waitFor(async () => (await latest('ledger'))?.state === 'up', { timeoutMs: 60_000 });
    expect(await latest('ledger')).toMatchObject({
      reason: null,
      detail: 'proposing, 21 peers, ledger 98203019 is 3 s old',
      measures: { peers: 21, ledgerAgeSeconds: 3 },
    });
    expect(rippled.authorization).toBe('Basic eHJwbA==');
  });

  test('watches machines with one, at their addresses', async () => {
    await waitFor(async () => (await latest('v-1', 'ledgers'))?.reason === null, { timeoutMs: 60_000 });
    expect(await latest('v-1', 'ledgers')).toMatchObject({ detail: 'proposing, 21 peers, ledger 98203019 is 3 s old' });
  });

  test('says that nobody looked when one is broken, and accuses nobody', async () => {
    await waitFor(async () => (await latest('trouble')) !== undefined, { timeoutMs: 60_000 });
    const { reason, detail, state } = (await latest('trouble')) ?? {};
    expect(reason).toBe('unobserved');
    expect(detail).toMatch(/^the plugin broken: an error that nobody caught ended its process: found 0 variables/);
    expect(state).not.toBe('down');
  });

  test('sees it when the state of the service changes', async () => {
    rippled.answer = success(serverInfo({ server_state: 'syncing' }));
    await waitFor(async () => (await latest('ledger'))?.state === 'down', { timeoutMs: 60_000 });
    expect(await latest('ledger')).toMatchObject({
      reason: 'bad_response',
      detail: 'it is syncing, not full or validating or proposing',
    });
    rippled.answer = success(serverInfo());
    await waitFor(async () => (await latest('ledger'))?.state === 'up', { timeoutMs: 60_000 });
  });

  test('has their lines in its log', () => {
    const line = server.log.find(text => text.includes('about to crash'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 'info', plugin: 'broken', stream: 'stdout' });
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'leaves none of their processes behind when it ends with %s',
    async signal => {
      if (!server.running) await server.start();
      const processes = (): number[] => server.pids().filter(isPlugin);
      await waitFor(() => processes().length > 0, { timeoutMs: 30_000 });
      await server.kill(signal);
      await waitFor(() => processes().length === 0);
      expect(server.running).toBe(false);
    },
  );
});

test('a server does not start with a plugin that cannot be loaded, and lists what is wrong', async () => {
  const home = join(server.home, 'wrong');
  await mkdir(join(home, 'config/networks/acme'), { recursive: true });
  await writeFile(join(home, 'config/networks/acme/network.yml'), 'network_id: acme\nversion: 1\n');
  await writeFile(join(home, 'config/broken.mjs'), 'export default {');
  const plugins = 'plugins:\n  - path: nowhere.mjs\n  - path: broken.mjs\n  - package: distomon-plugin-nosuch\n';
  const auth = 'auth:\n  - { name: proxy, bearer: { token_file: nowhere.txt } }\n';
  await writeFile(
    join(home, 'config/nodeconf.yml'),
    `networks:\n  - { directory: acme, node_id: a }\n${auth}${plugins}`,
  );
  const env = { PATH: process.env['PATH'] ?? '', DISTOMON_HOME: home, PORT: '0' };
  const { code, told } = await new Promise<{ code: unknown; told: string }>(resolve => {
    execFile(
      process.execPath,
      [join(ROOT, 'dist/apps/server/src/main.js')],
      { env, timeout: 20_000 },
      (error, _, stderr) => resolve({ code: error?.code, told: stderr }),
    );
  });
  expect(code).toBe(2);
  const file = join(home, 'config/nodeconf.yml');
  expect(told).toContain('4 problems in the configuration');
  expect(told).toContain(`${file} auth[0].bearer.token_file: `);
  expect(told).toContain(
    `${file} plugins[0].path: it cannot be loaded: there is no file ${join(home, 'config/nowhere.mjs')}`,
  );
  expect(told).toContain(`${file} plugins[1].path: it cannot be loaded: SyntaxError: Unexpected end of input`);
  expect(told).toContain(`${file} plugins[2].package: it cannot be loaded: there is no package distomon-plugin-nosuch`);
});
