import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { barriersOf, overflowOf } from './support/accessibility.ts';
import { lineOf } from './support/home.ts';
import { signIn } from './support/sign-in.ts';
import { usePage, type Look } from './support/use-page.ts';
import { messages } from './support/words.ts';
import { GONE, MACHINES, useWorld, type World } from './support/world.ts';

let world: World;
useWorld(made => void (world = made));
const open = usePage();
const { palette, keys } = messages;

async function openHome(visitor: 'admin' | 'user' = 'user', look?: Look): Promise<Page> {
  const page = await open(world.server.url, look);
  await signIn(page, world[visitor]);
  await page.goto('/');
  await expect(lineOf(page, GONE)).toBeSeen();
  return page;
}

const field = (page: Page): Locator => page.getByRole('combobox', { name: palette.placeholder });
const option = (page: Page, name: string): Locator => page.getByRole('option').filter({ hasText: name });

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeSeen();
}

describe('the search', () => {
  test('leads to a machine by a few letters, an arrow and Enter', async () => {
    const page = await openHome();
    await openPalette(page);
    await expect(option(page, MACHINES[1])).toBeGone();
    await page.keyboard.type('web');
    await expect(option(page, MACHINES[1])).toBeSeen();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).toBeAt(new RegExp(`^/machines/acme/${MACHINES[1]}`));
    await expect(field(page)).toBeGone();
  });

  test('begins with what is in trouble, and Esc leads back to where one was', async () => {
    const page = await openHome();
    const button = page.getByRole('button', { name: messages.shell.search.button });
    await button.click();
    await expect(option(page, GONE)).toBeSeen();
    await page.keyboard.press('Escape');
    await expect(field(page)).toBeGone();
    expect(await button.evaluate(element => element === document.activeElement)).toBe(true);
  });

  test('has the pages that one may open, and no other', async () => {
    const page = await openHome();
    await openPalette(page);
    await expect(option(page, palette.account)).toBeSeen();
    await expect(option(page, messages.shell.nav.events)).toBeGone();
    const admin = await openHome('admin');
    await openPalette(admin);
    await expect(option(admin, messages.shell.nav.events)).toBeSeen();
  });

  test('does things, too', async () => {
    const page = await openHome();
    await openPalette(page);
    await page.keyboard.type('dark');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
  });

  test('says so when nothing is called like that', async () => {
    const page = await openHome();
    await openPalette(page);
    await page.keyboard.type('<b>zzz</b>');
    await expect(page.getByText('Nothing is called like “<b>zzz</b>”')).toBeSeen();
  });

  test.each(['light', 'dark'] as const)('keeps nobody from using it: %s', async theme => {
    const page = await openHome('admin', { theme });
    await openPalette(page);
    await expect(option(page, GONE)).toBeSeen();
    expect(await barriersOf(page)).toEqual([]);
  });

  test('fits into a window of 360 px', async () => {
    const page = await openHome('admin', { width: 360 });
    await openPalette(page);
    await page.keyboard.type('1');
    expect(await overflowOf(page)).toBe(0);
  });
});

describe('the keys', () => {
  test('are told by ?, but not within a field', async () => {
    const page = await openHome();
    const filter = page.getByLabel(messages.machines.filter, { exact: true });
    await filter.focus();
    await page.keyboard.type('?');
    const list = page.getByRole('dialog', { name: keys.title });
    await expect(list).toBeGone();
    expect(await filter.inputValue()).toBe('?');
    await filter.fill('');
    await filter.blur();
    await page.keyboard.press('?');
    await expect(list).toBeSeen();
    expect(await barriersOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(list).toBeGone();
  });

  test('lead from machine to machine in the order of Home, and back to it at once', async () => {
    const page = await openHome();
    const names = await page.getByRole('rowheader').allTextContents();
    await lineOf(page, GONE).getByRole('link').first().click();
    await expect(page.getByRole('heading', { name: GONE, level: 1 })).toBeSeen();
    const walked = [GONE];
    for (const key of ['ArrowRight', 'j', 'k']) {
      const before = page.url();
      await page.keyboard.press(key);
      await expect.poll(() => page.url()).not.toBe(before);
      walked.push(decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? ''));
    }
    expect(walked[3]).toBe(walked[1]);
    expect(walked.slice(0, 3).map(name => names.findIndex(text => text.includes(name)))).toEqual([0, 1, 2]);
    await page.goBack();
    await expect(lineOf(page, GONE)).toBeSeen();
  });
});
