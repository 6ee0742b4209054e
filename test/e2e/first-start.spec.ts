import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerProcess } from '../support/server-process.ts';
import { waitFor } from '../support/services.ts';
import { ADMIN } from '../support/sign-in.ts';

const ENTRY = join(import.meta.dirname, '../../dist/apps/server/src/main.js');

interface MachineView {
  readonly name: string;
  readonly kind: string;
  readonly verdict: { readonly state: string };
  readonly latest: { readonly values: Record<string, number | null> } | null;
}
type Rows = readonly (string | number | boolean | null)[][];

let server: ServerProcess;
beforeAll(async () => {
  server = await ServerProcess.create({ WINDOW: '10s', PROCESS_LABEL: 'here' });
  await server.start();
});
afterAll(() => server?.dispose());

const machine = async (): Promise<MachineView | undefined> =>
  (await server.api<{ items: MachineView[] }>('/api/v1/networks/local/machines')).items[0];
const rows = async (): Promise<Rows> => {
  const name = (await machine())?.name ?? '';
  return (await server.api<{ rows: Rows }>(`/api/v1/networks/local/machines/${name}/metrics?resolution=10s`)).rows;
};
const starts = async (): Promise<number[]> => (await rows()).map(row => Date.parse(String(row[0])) / 1000);

/** The process of the embedded database's postmaster: what holds the port. */
const postmaster = (): number | undefined =>
  server
    .pids()
    .find(pid => /\/postgres\0-D\0|bin\/postgres/.test(readCommand(pid)) && !/postgres: /.test(readCommand(pid)));
function readCommand(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

describe('the first start, with nothing but an empty directory', { timeout: 120_000 }, () => {
  test('watches this machine and tells where the page is', async () => {
    await waitFor(async () => (await machine())?.verdict.state === 'up', { timeoutMs: 30_000 });
    await waitFor(async () => typeof (await machine())?.latest?.values['cpu'] === 'number', { timeoutMs: 30_000 });
    await waitFor(() => server.log.some(line => line.includes('Ctrl-C stops it')));
    expect(server.log.join('\n')).toContain(`page      ${server.url}/`);
    expect(server.log.join('\n')).toContain(`${ADMIN.email} can sign in`);
  });

  test('writes a network file that says how to add machines', async () => {
    const text = await readFile(join(server.home, 'config/networks/local/network.yml'), 'utf8');
    expect(text).toContain('To watch another machine');
  });

  test('stores a row of its own seconds for each window', async () => {
    await waitFor(async () => (await rows()).filter(row => row[1] === true).length >= 2, { timeoutMs: 60_000 });
    const good = (await rows()).filter(row => row[1] === true);
    expect(good.at(-1)?.[4]).toBe('host');
    expect(Number(good.at(-1)?.[3])).toBeGreaterThanOrEqual(8);
  });

  test('a second start in the same home is refused with a reason', async () => {
    const told = await new Promise<{ code: unknown; text: string }>(resolve => {
      const env = { PATH: process.env['PATH'] ?? '', DISTOMON_HOME: server.home, PORT: '0' };
      execFile(process.execPath, [ENTRY], { env, timeout: 30_000 }, (error, stdout, stderr) =>
        resolve({ code: error?.code, text: stdout + stderr }),
      );
    });
    expect(told.code).toBe(1);
    expect(told.text).toMatch(/\b\d+\b/);
    await server.untilReady();
  });

  test('its database killed comes back by itself, and no window is missing', async () => {
    const pid = postmaster();
    expect(pid).toBeDefined();
    process.kill(pid ?? 0, 'SIGKILL');
    await waitFor(() => postmaster() !== undefined && postmaster() !== pid, { timeoutMs: 30_000 });
    await server.untilReady();
    const before = (await starts()).at(-1) ?? 0;
    await waitFor(async () => ((await starts()).at(-1) ?? 0) >= before + 20, { timeoutMs: 60_000 });
    const all = await starts();
    expect(all.slice(1).filter((start, i) => start - (all[i] ?? 0) !== 10)).toEqual([]);
  });

  test('killed, it leaves its database, takes it over at the next start and goes on', async () => {
    await server.kill('SIGKILL');
    expect(postmaster()).toBeDefined();
    await server.start();
    const before = (await starts()).at(-1) ?? 0;
    await waitFor(async () => ((await starts()).at(-1) ?? 0) > before, { timeoutMs: 60_000 });
    const all = await starts();
    expect(all.slice(1).filter((start, i) => start - (all[i] ?? 0) !== 10)).toEqual([]);
  });

  test('stopped, it leaves nothing behind', async () => {
    await server.stop();
    await waitFor(() => server.pids().length === 0, { timeoutMs: 5_000 });
    expect(server.running).toBe(false);
  });
});
