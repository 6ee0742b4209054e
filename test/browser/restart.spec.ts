import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { People, type Person } from '../e2e/people.ts';
import { startFakeAgents, type RunningAgents } from '../support/hostile-agents.ts';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, waitFor, type DisposableDatabase } from '../support/services.ts';
import { complaintsOf } from './support/complaints.ts';
import { cellOf, lineOf, streamMark } from './support/home.ts';
import { signIn } from './support/sign-in.ts';
import { usePage } from './support/use-page.ts';
import { messages } from './support/words.ts';
import { acmeFile, MACHINES } from './support/world.ts';

let database: DisposableDatabase;
let agents: RunningAgents;
/** What people look at, and what goes on watching while it is away: two processes of one distomon. */
let front: ServerProcess;
let back: ServerProcess;
let user: Person;
const open = usePage();

beforeAll(async () => {
  [database, agents] = await Promise.all([
    createDatabase(databases()[0]?.url ?? ''),
    startFakeAgents({ count: MACHINES.length }),
  ]);
  const common = { DATABASE_URL: database.url, RATE_LIMIT: '0' };
  front = await ServerProcess.create({ ...common, ROLES: 'api' });
  back = await ServerProcess.create(common);
  for (const server of [back, front]) {
    await server.network(acmeFile(agents.urls, back.url));
    await server.start();
  }
  user = await (await People.of(front.url)).invite({ role: 'user' });
  await waitFor(async () => (await stateOf(MACHINES[0])) === 'up', { timeoutMs: 30_000 });
});
afterAll(async () => {
  await front?.dispose();
  await back?.dispose();
  await agents?.stop();
  await database?.drop();
});

/** What the process that goes on watching holds of a machine. */
async function stateOf(machine: string): Promise<string | undefined> {
  const { items } = await back.api<{ items: { name: string; verdict: { state: string } }[] }>(
    '/api/v1/networks/acme/machines',
  );
  return items.find(({ name }) => name === machine)?.verdict.state;
}

async function openHome(): Promise<Page> {
  const page = await open(front.url);
  await signIn(page, user);
  await page.goto('/');
  await expect(streamMark(page, 'live')).toBeSeen();
  await expect(lineOf(page, MACHINES[0])).toBeSeen();
  return page;
}

/** Whether this is still the page that was opened, and not one that was loaded since. */
const isMarked = (page: Page): Promise<boolean> => page.evaluate(() => 'marked' in globalThis);

test('a page whose server goes away says so, comes back by itself, and has missed nothing', async () => {
  const page = await openHome();
  complaintsOf(page).expect(/net::ERR_/);
  await page.evaluate(() => Object.assign(globalThis, { marked: true }));
  const state = await cellOf(page, MACHINES[0], 'state');
  await expect(state).toSay(new RegExp(`^${messages.state.up}`));

  await front.stop();
  await expect(streamMark(page, 'reconnecting')).toBeSeen();
  await expect(page.getByText(messages.stream.lost.split('{')[0] ?? '')).toBeSeen(30_000);
  await expect.poll(() => page.title(), { timeout: 30_000 }).toContain(messages.stream.reconnecting);

  await agents.setFault(0, { kind: '403', on: 'everything' });
  await waitFor(async () => (await stateOf(MACHINES[0])) === 'down', { timeoutMs: 30_000 });
  await expect(state).toSay(new RegExp(`^${messages.state.up}`));

  await front.start();
  await expect(state).toSay(new RegExp(`^${messages.state.down} ?${messages.reason.denied}`), 45_000);
  await expect(streamMark(page, 'live')).toBeSeen(45_000);
  await expect(page.getByText(messages.stream.lost.split('{')[0] ?? '')).toBeGone();
  await expect.poll(() => page.title()).toContain('down');

  await agents.setFault(0, null);
  await expect(state).toSay(new RegExp(`^${messages.state.up}`), 30_000);
  expect(await isMarked(page)).toBe(true);
});

test('a page whose server is killed keeps what it shows, and is live again when it is there again', async () => {
  const page = await openHome();
  complaintsOf(page).expect(/net::ERR_/);
  await front.kill('SIGKILL');
  try {
    await expect(streamMark(page, 'reconnecting')).toBeSeen();
    await expect(lineOf(page, MACHINES[0])).toBeSeen();
  } finally {
    await front.start();
  }
  await expect(streamMark(page, 'live')).toBeSeen(45_000);
});
