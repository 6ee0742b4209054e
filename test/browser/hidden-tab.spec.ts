import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, BrowserContext } from 'playwright-core';
import { openTabs } from './support/chromium.ts';
import { cellOf, streamMark } from './support/home.ts';
import { signIn } from './support/sign-in.ts';
import { useWorld, MACHINES, type World } from './support/world.ts';

let world: World;
useWorld(made => void (world = made));
let browser: Browser;
let tabs: BrowserContext;
beforeAll(async () => {
  ({ browser, tabs } = await openTabs());
});
afterAll(() => browser?.close());

/** How many live streams the server has open. */
async function streams(): Promise<number> {
  const text = await (await fetch(`${world.server.url}/metrics`)).text();
  return Number(/^distomon_live_streams(?:{.*})? (\d+)$/m.exec(text)?.[1]);
}

/** How many machines of acme are down. */
async function downAtServer(): Promise<number | undefined> {
  const { items } = await world.server.api<{ items: { network: string; machines: { down: number } }[] }>(
    '/api/v1/networks',
  );
  return items.find(({ network }) => network === 'acme')?.machines.down;
}

test('a tab that nobody sees holds no stream, and shows how it is as soon as it is seen again', async () => {
  const tab = await tabs.newPage();
  await signIn(tab, world.user);
  await tab.goto(world.server.url);
  await expect(streamMark(tab, 'live')).toBeSeen();
  await expect.poll(streams).toBe(1);

  const other = await tabs.newPage();
  await other.bringToFront();
  await expect.poll(() => tab.evaluate(() => document.visibilityState)).toBe('hidden');
  await expect.poll(streams, { timeout: 60_000 }).toBe(0);
  await world.agents.setFault(0, { kind: '403', on: 'everything' });
  await expect.poll(downAtServer, { timeout: 30_000 }).toBe(2);

  await tab.bringToFront();
  await expect(streamMark(tab, 'live')).toBeSeen();
  await expect(await cellOf(tab, MACHINES[0], 'state')).toSay(/^Down/);
  await expect.poll(streams).toBe(1);
});
