import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { complaintsOf } from './support/complaints.ts';
import { signIn } from './support/sign-in.ts';
import { usePage } from './support/use-page.ts';
import { fill, messages } from './support/words.ts';
import { useWorld, type World } from './support/world.ts';

let world: World;
useWorld(made => void (world = made));
const open = usePage();

const WINDOW_FILES = '**/assets/dialog-window-*.js';
const { error: texts, dialog: words, editor, people } = messages;

/** An admin whom the window of dialogs does not reach. */
async function openWithout(path: string): Promise<Page> {
  const page = await open(world.server.url);
  complaintsOf(page).expect(/ERR_FAILED|dynamically imported module/);
  await signIn(page, world.admin);
  await page.route(WINDOW_FILES, route => route.abort());
  await page.goto(path);
  return page;
}

const button = (within: Page | Locator, name: string): Locator => within.getByRole('button', { name, exact: true });
const missed = (page: Page): Locator => page.getByRole('dialog', { name: texts.missedTitle });

describe('a dialog that cannot be loaded', () => {
  test('says so each time it is asked for, gives the focus back, and comes after the page was loaded anew', async () => {
    const page = await openWithout('/settings/users');
    const invite = button(page, people.users.invite);
    for (const _ of ['at first', 'again']) {
      await invite.click();
      await expect(missed(page).getByText(texts.missedText)).toBeSeen();
      await button(missed(page), words.close).click();
      await expect(missed(page)).toBeGone();
      expect(await invite.evaluate(element => element === document.activeElement)).toBe(true);
    }
    await invite.click();
    await page.unroute(WINDOW_FILES);
    await Promise.all([page.waitForEvent('load'), button(missed(page), texts.reload).click()]);
    await invite.click();
    await expect(page.getByRole('dialog', { name: people.users.form.inviteTitle })).toBeSeen();
  });

  test('costs nothing of what is written on the page', async () => {
    const page = await openWithout('/settings/machines?network=acme&view=file');
    const file = page.getByRole('textbox', { name: fill(editor.file.text, { network: 'acme' }) });
    const text = `# unsaved\n${await file.inputValue()}`;
    await file.fill(text);
    await button(page, editor.add.open).click();
    await expect(missed(page)).toBeSeen();
    await page.keyboard.press('Escape');
    await expect(missed(page)).toBeGone();
    expect(await file.inputValue()).toBe(text);
  });
});
