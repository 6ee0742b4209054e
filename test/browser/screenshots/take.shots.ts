import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { signIn } from '../support/sign-in.ts';
import { usePage } from '../support/use-page.ts';
import { useWorld, type World } from '../support/world.ts';
import { GALLERY } from './gallery.ts';
import { SHOTS } from './shots.ts';

const DIRECTORY = join(import.meta.dirname, '../../../docs/screenshots');
/** They are kept in the repository. */
const MAX_BYTES = 200_000;

let world: World;
useWorld(made => void (world = made), GALLERY);
const open = usePage();
beforeAll(() => mkdir(DIRECTORY, { recursive: true }));

test.each(SHOTS.map(shot => [shot.name, shot] as const))('%s', async (name, { path, as, shown, act, ...look }) => {
  const page = await open(world.server.url, look);
  if (as !== 'nobody') await signIn(page, world[as]);
  await page.goto(path);
  for (const locator of shown(page)) await expect(locator).toBeSeen();
  await act?.(page);
  // The bar to scroll by is not in the picture, so its room is not either.
  await page.evaluate(() => document.documentElement.style.setProperty('scrollbar-gutter', 'auto'));
  const file = join(DIRECTORY, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  expect((await stat(file)).size).toBeLessThan(MAX_BYTES);
});
