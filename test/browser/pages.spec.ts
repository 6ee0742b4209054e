import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { PAGES } from './pages.ts';
import type { PageCase, Visitor } from './pages/page-case.ts';
import { barriersOf, overflowOf } from './support/accessibility.ts';
import { complaintsOf } from './support/complaints.ts';
import { signIn } from './support/sign-in.ts';
import { usePage, type Look } from './support/use-page.ts';
import { useWorld, WITH_PAST, type World } from './support/world.ts';

let world: World;
useWorld(made => void (world = made), WITH_PAST);
const open = usePage();

async function openAs(visitor: Visitor, look?: Look): Promise<Page> {
  const page = await open(world.server.url, look);
  if (visitor !== 'nobody') await signIn(page, world[visitor]);
  return page;
}

async function openCase({ path, as, shown, act, expected }: PageCase, look?: Look): Promise<Page> {
  const page = await openAs(as, look);
  if (expected !== undefined) complaintsOf(page).expect(expected);
  await page.goto(path);
  await expect(shown(page)).toBeSeen();
  await act?.(page);
  return page;
}

describe.each(PAGES.map(one => [one.name, one] as const))('%s', (_, one) => {
  test.each(['light', 'dark'] as const)(
    'can be used by everybody and fits into every window, in the %s theme',
    async theme => {
      const page = await openCase(one, { theme });
      expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(theme === 'dark');
      expect(await barriersOf(page)).toEqual([]);
      for (const width of [360, 1280, 1920]) {
        await page.setViewportSize({ width, height: 800 });
        // What is drawn for the window follows a moment after it.
        await expect.poll(() => overflowOf(page), { timeout: 3_000, message: `overflow at ${width} px` }).toBe(0);
      }
    },
  );
});

test('a page whose contrast is broken is found out', async () => {
  const page = await openAs('user');
  await page.goto('/');
  await expect(PAGES[0]!.shown(page)).toBeSeen();
  expect(await barriersOf(page)).toEqual([]);
  await page.evaluate(() => document.documentElement.style.setProperty('--text', '#bbb'));
  expect((await barriersOf(page)).filter(barrier => barrier.startsWith('color-contrast'))).not.toEqual([]);
});

test('a page that is wider than its window is found out', async () => {
  const page = await openAs('user', { width: 360 });
  await page.goto('/');
  await expect(PAGES[0]!.shown(page)).toBeSeen();
  await page.evaluate(() => document.querySelector('main')?.style.setProperty('min-width', '500px'));
  expect(await overflowOf(page)).toBeGreaterThan(100);
});
