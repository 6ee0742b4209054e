import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { networkOf } from '../e2e/account-server.ts';
import { ask } from '../e2e/ask.ts';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, waitFor, type DisposableDatabase } from '../support/services.ts';
import { heading } from './pages/page-case.ts';
import { complaintsOf } from './support/complaints.ts';
import { usePage } from './support/use-page.ts';
import { fill, messages } from './support/words.ts';

const { field, link: texts, setup, signIn } = messages;
const BOSS = { email: 'boss@acme.example', name: 'The Boss', password: 'correct horse battery staple' };

let database: DisposableDatabase;
let server: ServerProcess;
let setupLink: string;
const open = usePage();

beforeAll(async () => {
  database = await createDatabase(databases()[0]?.url ?? '');
  server = await ServerProcess.create({ DATABASE_URL: database.url, ADMIN_EMAIL: '', ADMIN_PASSWORD: '' });
  await server.network(networkOf('acme'));
  await server.start();
  await waitFor(() => shownLink() !== undefined);
  setupLink = shownLink() ?? '';
});
afterAll(async () => {
  await server?.dispose();
  await database?.drop();
});

/** The link that the server prints for whoever started it. */
const shownLink = (): string | undefined => /http:\S+\/setup#[\w-]{43}/.exec(server.log.join('\n'))?.[0];

/** The link in the answer to an invitation by the boss, who is signed in on this page. */
async function invite(page: Page, email: string): Promise<string> {
  const answer = await page.request.post('/api/v1/users', { data: { email, role: 'user' } });
  const { link } = (await answer.json()) as { link: { url: string } };
  return link.url;
}

const newPassword = (page: Page) => page.locator('input[name=password]');

/** They build on each other: a server has its first admin once. */
describe('the first admin', () => {
  test('of a server without accounts is told where the link is', async () => {
    const page = await open(server.url);
    await page.goto('/');
    await expect(heading(page, signIn.newTitle)).toBeSeen();
    await expect(page.getByText(signIn.newWhere)).toBeSeen();
  });

  test('is not made by half a link', async () => {
    const page = await open(server.url);
    await page.goto(setupLink.slice(0, -5));
    await expect(heading(page, texts.incompleteTitle)).toBeSeen();
  });

  test('opens the link, is refused a weak password in place, chooses a good one and is in', async () => {
    const page = await open(server.url);
    complaintsOf(page).expect(/400.*\/setup$/);
    await page.goto(setupLink);
    await expect(heading(page, setup.title)).toBeSeen();
    expect(page.url(), 'the secret is gone from the address').toBe(`${server.url}/setup`);
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('email');
    await page.keyboard.type(BOSS.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(BOSS.name);
    await newPassword(page).fill('distomondistomondistomon');
    await page.getByRole('button', { name: setup.submit }).click();
    await expect(page.locator('input[name=password][aria-invalid=true]')).toBeSeen();
    await newPassword(page).fill(BOSS.password);
    await page.getByRole('button', { name: setup.submit }).click();
    await expect(page).toBeAt('/');
    expect(await page.getByRole('button', { name: /^Account: / }).getAttribute('aria-label')).toBe(
      fill(messages.account.menu, { who: BOSS.name, role: messages.account.role.admin }),
    );
  });

  test('is made once: the link is of no use afterwards', async () => {
    const page = await open(server.url);
    complaintsOf(page).expect(/40[39].*\/link\/check$/);
    await page.goto(setupLink);
    await expect(heading(page, setup.doneTitle)).toBeSeen();
  });
});

describe('somebody who is invited', () => {
  const asBoss = async (): Promise<Page> => {
    const page = await open(server.url);
    const { email, password } = BOSS;
    const answer = await page.request.post('/api/v1/auth/login', { data: { email, password } });
    expect(answer.status()).toBe(200);
    return page;
  };

  test('opens the link, sees whose it is, chooses a password and is in', async () => {
    const url = await invite(await asBoss(), 'anna@acme.example');
    const page = await open(server.url);
    await page.goto(url);
    await expect(heading(page, texts.inviteTitle)).toBeSeen();
    expect(page.url(), 'the secret is gone from the address').toBe(`${server.url}/link`);
    await expect(page.getByText(fill(texts.inviteLead, { email: 'anna@acme.example' }))).toBeSeen();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('password');
    await page.keyboard.type('a horse of another colour');
    await page.keyboard.press('Enter');
    await expect(page).toBeAt('/');
    const session = await ask(server.url, {
      method: 'POST',
      path: '/api/v1/auth/login',
      body: { email: 'anna@acme.example', password: 'a horse of another colour' },
    });
    expect(session.status).toBe(200);
  });

  test('can see the password while choosing it', async () => {
    const page = await open(server.url);
    await page.goto(await invite(await asBoss(), 'bea@acme.example'));
    await newPassword(page).fill('some words');
    expect(await newPassword(page).getAttribute('type')).toBe('password');
    await page.getByRole('button', { name: field.showHint }).click();
    expect(await newPassword(page).getAttribute('type')).toBe('text');
  });

  test('pastes the link into a page that has had another one', async () => {
    const url = await invite(await asBoss(), 'carl@acme.example');
    const page = await open(server.url);
    await page.goto('/link');
    await expect(heading(page, texts.incompleteTitle)).toBeSeen();
    await page.evaluate(link => void (location.href = link), url);
    await expect(page.getByText(fill(texts.inviteLead, { email: 'carl@acme.example' }))).toBeSeen();
    expect(page.url()).toBe(`${server.url}/link`);
  });

  test('cannot use a link that was used or never was', async () => {
    const page = await open(server.url);
    complaintsOf(page).expect(/403.*\/link\/check$/);
    await page.goto(`/link#${'A'.repeat(43)}`);
    await expect(heading(page, texts.invalidTitle)).toBeSeen();
  });
});
