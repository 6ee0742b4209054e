import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, waitFor, type DisposableDatabase } from '../support/services.ts';
import { EventStream } from './event-stream.ts';

const NETWORK = `network_id: acme
version: 1
machines:
  - { name: here, host: true, via: front }
  - { name: there, host: true, via: back }
  - { name: nowhere, host: true, via: gone }
`;

let database: DisposableDatabase;
let front: ServerProcess;
let back: ServerProcess;

beforeAll(async () => {
  database = await createDatabase(databases()[0]?.url ?? '');
  const common = { DATABASE_URL: database.url, WINDOW: '10s' };
  front = await ServerProcess.create({ ...common, PROCESS_LABEL: 'front' });
  back = await ServerProcess.create({ ...common, PROCESS_LABEL: 'back' });
  for (const server of [front, back]) await server.network(NETWORK);
  await front.start();
  await back.start();
});
afterAll(async () => {
  await back?.dispose();
  await front?.dispose();
  await database?.drop();
});

interface MachineView {
  readonly name: string;
  readonly verdict: { readonly state: string };
}
const machines = async (): Promise<Record<string, string>> => {
  const { items } = await front.api<{ items: MachineView[] }>('/api/v1/networks/acme/machines');
  return Object.fromEntries(items.map(({ name, verdict }) => [name, verdict.state]));
};
const rows = async (name: string): Promise<(string | number | boolean | null)[][]> =>
  (
    await front.api<{ rows: (string | number | boolean | null)[][] }>(
      `/api/v1/networks/acme/machines/${name}/metrics?resolution=10s`,
    )
  ).rows;

describe('machines that only one process may look at', { timeout: 120_000 }, () => {
  test('are probed and stored by that process', async () => {
    await waitFor(async () => (await machines())['here'] === 'up' && (await machines())['there'] === 'up', {
      timeoutMs: 30_000,
    });
    await waitFor(async () => (await rows('there')).some(row => row[1] === true), { timeoutMs: 60_000 });
    expect((await rows('there')).find(row => row[1] === true)?.[4]).toBe('host');
  });

  test('are live in the other process too, which asks the one that owns them', async () => {
    const stream = await EventStream.open(`${front.url}/api/v1/live?network=acme`, await front.headers());
    const values = (): Record<string, { cpu: number | null } | null>[] =>
      stream.of('values').map(event => event.data['machines'] as Record<string, { cpu: number | null } | null>);
    await waitFor(() => values().some(machine => typeof machine['there']?.cpu === 'number'), { timeoutMs: 15_000 });
    expect(values().every(machine => (machine['nowhere'] ?? null) === null)).toBe(true);
    stream.close();
  });

  test('are unknown, with a row that says nobody looked, when that process is not there', async () => {
    await waitFor(async () => (await rows('nowhere')).length >= 2, { timeoutMs: 90_000 });
    for (const row of await rows('nowhere')) expect(row.slice(1, 3)).toEqual([false, 'unobserved']);
    expect((await machines())['nowhere']).toBe('unknown');
  });
});
