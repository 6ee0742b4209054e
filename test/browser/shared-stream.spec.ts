import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { cellOf, streamMark } from './support/home.ts';
import { signIn } from './support/sign-in.ts';
import { usePage } from './support/use-page.ts';
import { useWorld, MACHINES, type World } from './support/world.ts';

let world: World;
useWorld(made => void (world = made));
const open = usePage();

/** More than the six connections that a browser makes to one server. */
const TABS = 8;

/** How many live streams the server has open. */
async function streams(): Promise<number> {
  const text = await (await fetch(`${world.server.url}/metrics`)).text();
  return Number(/^distomon_live_streams(?:{.*})? (\d+)$/m.exec(text)?.[1]);
}

async function openTab(browser: BrowserContext, path = '/'): Promise<Page> {
  const tab = await browser.newPage();
  await tab.goto(path);
  await expect(streamMark(tab, 'live')).toBeSeen();
  return tab;
}

test('more tabs than a browser has connections are live at once, over one, which ends with the last of them', async () => {
  const first = await open(world.server.url);
  await signIn(first, world.admin);
  const browser = first.context();
  await first.goto('/');
  const tabs = [first];
  while (tabs.length < TABS) tabs.push(await openTab(browser, tabs.length % 2 ? `/machines/acme/${MACHINES[1]}` : '/'));
  await expect(streamMark(first, 'live')).toBeSeen();
  await expect.poll(streams).toBe(1);

  for (const tab of tabs.filter((_, index) => index % 2 === 0)) {
    const cell = await cellOf(tab, MACHINES[0], 'cpu');
    const before = await cell.textContent();
    await expect.poll(() => cell.textContent(), { timeout: 15_000 }).not.toBe(before);
  }

  for (const tab of tabs.slice(1)) await tab.close();
  await expect(streamMark(first, 'live')).toBeSeen();
  await expect.poll(streams).toBe(1);
  await first.goto('about:blank');
  await expect.poll(streams, { timeout: 30_000 }).toBe(0);
});

test('whoever signs in next in the same browser has a connection of his own', async () => {
  const first = await open(world.server.url);
  await signIn(first, world.admin);
  await first.goto('/');
  await expect(streamMark(first, 'live')).toBeSeen();
  // The session of the one before goes on: nobody signed out.
  await signIn(first, world.user);
  await openTab(first.context());
  await expect.poll(streams).toBe(2);
});

test('a browser that cannot share is live all the same, with a connection for each tab', async () => {
  const first = await open(world.server.url);
  await signIn(first, world.user);
  await first.context().addInitScript(() => Reflect.deleteProperty(globalThis, 'SharedWorker'));
  await first.goto('/');
  await expect(streamMark(first, 'live')).toBeSeen();
  await openTab(first.context());
  await expect.poll(streams).toBe(2);
});
