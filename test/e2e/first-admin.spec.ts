import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, waitFor, type DisposableDatabase } from '../support/services.ts';
import { ADMIN } from '../support/sign-in.ts';

const ENTRY = join(import.meta.dirname, '../../dist/apps/server/src/main.js');
const NOBODY = { ADMIN_EMAIL: '', ADMIN_PASSWORD: '' } as const;
const NETWORK = 'network_id: acme\nversion: 1\n';

let database: DisposableDatabase;
let server: ServerProcess;

/** A server on that database, with a network of its own. */
async function start(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const started = await ServerProcess.create({ DATABASE_URL: database.url, ...environment });
  await started.network(NETWORK);
  await started.start();
  await untilGreeted(started, 1);
  return started;
}

/** It says who can sign in when it answers already. */
async function untilGreeted({ log }: ServerProcess, times: number): Promise<void> {
  await waitFor(() => log.filter(line => line.includes('Ctrl-C stops it')).length === times);
}

/** The secret of the setup link that a server showed last. */
const linkOf = ({ log, url }: ServerProcess): string | undefined =>
  log
    .map(line => /^ {6}(http:.*)\/setup#([\w-]{43})$/.exec(line))
    .findLast(found => found?.[1] === url)
    ?.at(2);

const finish = async (token: string | undefined, email: string = ADMIN.email): Promise<Response> =>
  await fetch(`${server.url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, email, password: ADMIN.password }),
  });

describe('a server without accounts', () => {
  beforeAll(async () => {
    database = await createDatabase(databases()[0]?.url ?? '');
    server = await start(NOBODY);
  });
  afterAll(async () => {
    await server?.dispose();
    await database?.drop();
  });

  test('shows a link to whoever started it, and writes its secret nowhere else', async () => {
    const secret = linkOf(server);
    expect(secret).toBeDefined();
    expect(server.log.filter(line => line.includes(secret ?? ''))).toHaveLength(1);
    expect(server.log.join('\n')).toMatch(/It works once, until \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
  });

  test('shows another one at each start, of which each works', async () => {
    const first = linkOf(server);
    await server.restart();
    await untilGreeted(server, 2);
    const second = linkOf(server);
    expect(second).not.toBe(first);
    expect((await finish(first)).status).toBe(201);
    expect(await (await finish(second, 'eve@example.org')).json()).toMatchObject({ status: 409, code: 'SETUP_DONE' });
  });

  test('shows none any more when there is one', async () => {
    const linesBefore = server.log.length;
    await server.restart();
    await untilGreeted(server, 3);
    const told = server.log.slice(linesBefore).join('\n');
    expect(told).toContain('Those who have an account can sign in.');
    expect(told).not.toContain('/setup#');
  });

  test('makes nobody an admin by its environment any more either', async () => {
    const other = await start({ ADMIN_EMAIL: 'eve@example.org', ADMIN_PASSWORD: 'a password of eve' });
    try {
      expect(other.log.join('\n')).toContain('eve@example.org (ADMIN_EMAIL) is none of them and was not made one');
      await expect(other.headers()).rejects.toThrow(/answers 401.*SIGN_IN_FAILED/);
    } finally {
      await other.dispose();
    }
  });

  test('leaves the password alone that its first admin has by now', async () => {
    const other = await start({ ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: 'another one than it has' });
    try {
      await expect(other.headers()).rejects.toThrow(/answers 401.*SIGN_IN_FAILED/);
    } finally {
      await other.dispose();
    }
  });
});

test('a first admin whose password nobody may have stops the start, with every word but the password', async () => {
  const home = await mkdtemp(join(tmpdir(), 'distomon-bad-'));
  const empty = await createDatabase(databases()[0]?.url ?? '');
  const password = 'somebody@example.org';
  try {
    const env = {
      PATH: process.env['PATH'] ?? '',
      DISTOMON_HOME: home,
      PORT: '0',
      DATABASE_URL: empty.url,
      ADMIN_EMAIL: 'Somebody@example.org',
      ADMIN_PASSWORD: password,
    };
    const { code, told } = await new Promise<{ code: unknown; told: string }>(resolve => {
      execFile(process.execPath, [ENTRY], { env, timeout: 60_000 }, (error, stdout, stderr) =>
        resolve({ code: error?.code, told: stdout + stderr }),
      );
    });
    expect({ code, told }).toEqual({ code: 2, told: expect.stringContaining('environment ADMIN_PASSWORD: ') });
    expect(told).not.toContain(password);
  } finally {
    await empty.drop();
    await rm(home, { recursive: true, force: true });
  }
});
