import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const ENTRY = join(ROOT, 'dist/apps/server/src/main.js');

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'distomon-bad-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

interface Outcome {
  readonly code: number | string | null;
  readonly told: string;
}

/** Runs the built server until it gives up. */
function start(environment: Record<string, string> = {}): Promise<Outcome> {
  const env = { PATH: process.env['PATH'] ?? '', DISTOMON_HOME: home, PORT: '0', ...environment };
  return new Promise(resolve => {
    execFile(process.execPath, [ENTRY], { env, timeout: 20_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? null), told: stdout + stderr });
    });
  });
}

async function writeFiles(nodeconf: string, network: string): Promise<void> {
  await mkdir(join(home, 'config/networks/acme'), { recursive: true });
  await writeFile(join(home, 'config/nodeconf.yml'), nodeconf);
  await writeFile(join(home, 'config/networks/acme/network.yml'), network);
}

const NODECONF = 'networks:\n  - directory: acme\n    node_id: fra-1\n';

describe('a wrong configuration', () => {
  test('of the environment lists every problem, shows no secret, and writes nothing', async () => {
    const { code, told } = await start({
      PORT: 'seventy',
      HOST: '0.0.0.0:80',
      WINDOW: '5s',
      ROLES: 'api,wroker',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      ADMIN_EMAIL: 'alice@example.org',
      ADMIN_PASSWORD: 'hunter2',
    });
    expect(code).toBe(2);
    for (const name of ['PORT', 'HOST', 'WINDOW', 'ROLES', 'DATABASE_URL', 'ADMIN_PASSWORD'])
      expect(told).toContain(name);
    expect(told).not.toContain('hunter2');
    expect(await readdir(home)).toEqual([]);
  });

  test('of nodeconf.yml names the file, the line and the path, and starts nothing', async () => {
    await writeFiles(
      'networks:\n  - directory: acme\n    node_id: fra-1\n    config_type: svn\n    nodeid: x\n',
      'network_id: acme\nversion: 1\n',
    );
    const { code, told } = await start();
    expect(code).toBe(2);
    expect(told).toMatch(/nodeconf\.yml:4\b.*config_type/);
    expect(told).toMatch(/nodeconf\.yml:5\b.*nodeid/);
    await expect(access(join(home, 'postgres'))).rejects.toThrow('ENOENT');
  });

  test('of network.yml names every problem at once', async () => {
    const lines = [
      'network_id: acme',
      'version: 0',
      'machines:',
      '  - { name: db-1, netdata: "ftp://10.0.0.1" }',
      '  - { name: db-1, netdata: "http://10.0.0.2:19999" }',
      'monitors:',
      '  - { name: agents, kind: netdta }',
      'rules:',
      '  - { name: hot, metric: cpuu, above: 90, for: 5m }',
    ];
    await writeFiles(NODECONF, `${lines.join('\n')}\n`);
    const { code, told } = await start();
    expect(code).toBe(2);
    for (const line of [2, 4, 5, 7, 9]) expect(told).toContain(`network.yml:${line}`);
    await expect(access(join(home, 'postgres'))).rejects.toThrow('ENOENT');
  });

  test('that is no YAML at all is told with its line', async () => {
    await writeFiles(NODECONF, 'network_id: acme\nversion: 1\nmachines: [\n');
    const { code, told } = await start();
    expect(code).toBe(2);
    expect(told).toContain('network.yml:');
  });

  test('that names a directory without a network file says which file is missing', async () => {
    await mkdir(join(home, 'config'), { recursive: true });
    await writeFile(join(home, 'config/nodeconf.yml'), NODECONF);
    const { code, told } = await start();
    expect(code).toBe(2);
    expect(told).toContain(join('networks', 'acme', 'network.yml'));
  });

  test('a database that cannot be reached is told without its password', async () => {
    const { code, told } = await start({ DATABASE_URL: 'postgres://someone:hunter2@127.0.0.1:1/nowhere' });
    expect(code).toBe(1);
    expect(told).toContain('127.0.0.1');
    expect(told).not.toContain('hunter2');
  });
});
