import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Person } from '../e2e/people.ts';
import { heading } from './pages/page-case.ts';
import { complaintsOf } from './support/complaints.ts';
import { lineOf, streamMark } from './support/home.ts';
import { signInByForm } from './support/sign-in.ts';
import { pathOf } from './support/matchers.ts';
import { usePage } from './support/use-page.ts';
import { messages } from './support/words.ts';
import { MACHINES, useWorld, type World } from './support/world.ts';

let world: World;
useWorld(made => void (world = made));
const open = usePage();

const { signIn: texts, field } = messages;
const alert = (page: Page): Locator => page.getByRole('alert');
const accountButton = (page: Page): Locator => page.getByRole('button', { name: /^Account: / });
/** What has the focus, by the name of its field. */
const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('name') ?? null);

const openPage = (): Promise<Page> => open(world.server.url);

describe('signing in with a password', () => {
  test('leads back to where one wanted to go, and the browser stays signed in', async () => {
    const page = await openPage();
    await page.goto('/?network=acme&view=services');
    await expect(page).toBeAt('/sign-in?next=%2F%3Fnetwork%3Dacme%26view%3Dservices');
    await signInByForm(page, world.user);
    await expect(page).toBeAt('/?network=acme&view=services');
    await expect(lineOf(page, 'mail')).toBeSeen();
    await page.goto('/');
    await expect(lineOf(page, MACHINES[0])).toBeSeen();
    await expect(accountButton(page)).toBeSeen();
    expect(await accountButton(page).getAttribute('aria-label')).toContain('Uli User');
  });

  test('takes nothing but the keyboard', async () => {
    const page = await openPage();
    await page.goto('/');
    await expect.poll(() => focused(page)).toBe('email');
    await page.keyboard.type(world.user.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(world.user.password);
    await page.keyboard.press('Enter');
    await expect(page).toBeAt('/');
    await expect(lineOf(page, MACHINES[0])).toBeSeen();
  });

  test('with the wrong one says so, beside the field, and keeps the address', async () => {
    const page = await openPage();
    complaintsOf(page).expect(/401.*\/auth\/login$/);
    await page.goto('/sign-in');
    await signInByForm(page, { email: world.user.email, password: 'this is another one' });
    await expect(alert(page)).toSay(messages.failure.sign_in_failed);
    await expect.poll(() => focused(page)).toBe('password');
    const described = page.getByLabel(field.password, { exact: true });
    expect(await page.locator(`[id="${await described.getAttribute('aria-describedby')}"]`).textContent()).toBe(
      messages.failure.sign_in_failed,
    );
    expect(await page.getByLabel(field.email).inputValue()).toBe(world.user.email);
    expect(pathOf(page)).toBe('/sign-in');
  });

  test('without anything filled in asks for it, and the server is not asked', async () => {
    const page = await openPage();
    const asked: string[] = [];
    page.on('request', request => asked.push(`${request.method()} ${request.url()}`));
    await page.goto('/sign-in');
    await page.getByRole('button', { name: texts.submit, exact: true }).click();
    await expect(page.getByText(field.emailMissing)).toBeSeen();
    await expect(page.getByText(field.passwordMissing)).toBeSeen();
    expect(asked.filter(one => one.startsWith('POST'))).toEqual([]);
  });

  test('too often with the wrong one has to wait, and then works', { timeout: 120_000 }, async () => {
    const person = await world.people.invite({ role: 'user' });
    const page = await openPage();
    complaintsOf(page).expect(/(401|429).*\/auth\/login$/);
    await page.goto('/sign-in');
    const button = page.locator('button[type=submit]');
    const isWaiting = async (): Promise<boolean> => (await button.textContent()) !== texts.submit;
    await expect
      .poll(
        async () => {
          if (await button.isEnabled()) await signInByForm(page, { ...person, password: 'this is another one' });
          return /try again/i.test((await button.textContent()) ?? '');
        },
        { timeout: 60_000, interval: 200 },
      )
      .toBe(true);
    await expect(alert(page)).toSay(messages.failure.too_many_attempts);
    await expect.poll(isWaiting, { timeout: 60_000 }).toBe(false);
    await signInByForm(page, person);
    await expect(page).toBeAt('/');
  });

  test('never leads to another server', async () => {
    const page = await openPage();
    await page.goto('/sign-in?next=%2F%2Felsewhere.invalid%2F');
    await signInByForm(page, world.user);
    await expect(page).toBeAt('/');
    expect(new URL(page.url()).host).toBe(new URL(world.server.url).host);
  });
});

describe('signing out', () => {
  test('leads to the page to sign in on, and the way back shows nothing', async () => {
    const page = await openPage();
    complaintsOf(page).expect(/401.*\/api\//);
    await page.goto('/?network=acme');
    await signInByForm(page, world.user);
    await expect(lineOf(page, MACHINES[0])).toBeSeen();
    await page.goto('/?network=acme&view=services');
    await accountButton(page).click();
    await page.getByRole('button', { name: messages.account.signOut }).click();
    await expect(page).toBeAt(/^\/sign-in/);
    await expect(heading(page, texts.title)).toBeSeen();
    await page.goBack();
    await expect(page).toBeAt('/sign-in?next=%2F%3Fnetwork%3Dacme');
    await expect(heading(page, texts.title)).toBeSeen();
    expect(await lineOf(page, MACHINES[0]).count()).toBe(0);
  });
});

describe('somebody whose session is ended elsewhere', () => {
  const signedIn = async (page: Page): Promise<Person> => {
    const person = await world.people.invite({ role: 'user' });
    await page.goto('/?network=acme&view=services');
    await signInByForm(page, person);
    await expect(lineOf(page, 'mail')).toBeSeen();
    await expect(streamMark(page, 'live')).toBeSeen();
    return person;
  };

  test('is led to the page to sign in on within seconds, and from there back', async () => {
    const page = await openPage();
    complaintsOf(page).expect(/401.*\/api\//);
    const person = await signedIn(page);
    await world.people.does({ method: 'DELETE', path: `/api/v1/users/${person.accountId}/sessions` });
    await expect(page).toBeAt('/sign-in?next=%2F%3Fnetwork%3Dacme%26view%3Dservices', 30_000);
    await signInByForm(page, person);
    await expect(page).toBeAt('/?network=acme&view=services');
    await expect(lineOf(page, 'mail')).toBeSeen();
  });

  test('by being disabled is told why signing in does not work', async () => {
    const page = await openPage();
    complaintsOf(page).expect(/401.*\/api\//, /403.*\/auth\/login$/);
    const person = await signedIn(page);
    const path = `/api/v1/users/${person.accountId}`;
    await world.people.does({ method: 'PATCH', path, body: { disabled: true } });
    await expect(page).toBeAt(/^\/sign-in/, 30_000);
    await signInByForm(page, person);
    await expect(alert(page)).toSay(messages.failure.account_disabled);
  });
});
