import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { ask } from '../e2e/ask.ts';
import type { Person } from '../e2e/people.ts';
import { heading } from './pages/page-case.ts';
import { complaintsOf } from './support/complaints.ts';
import { lineOf } from './support/home.ts';
import { signIn } from './support/sign-in.ts';
import { usePage } from './support/use-page.ts';
import { fill, messages } from './support/words.ts';
import { useWorld, type World } from './support/world.ts';

let world: World;
useWorld(made => void (world = made));
const open = usePage();

const { people: texts, audit, settings, dialog, failure } = messages;
const { users, session: sessions, token: tokens } = texts;

const button = (within: Page | Locator, name: string | RegExp): Locator =>
  within.getByRole('button', { name, exact: typeof name === 'string' });
const dialogOf = (page: Page): Locator => page.getByRole('dialog');
const told = (page: Page, text: string): Locator => page.getByRole('status').filter({ hasText: text });

async function openAs(person: Person, path: string): Promise<Page> {
  const page = await open(world.server.url);
  await signIn(page, person);
  await page.goto(path);
  return page;
}

const openUsers = async (by = world.admin): Promise<Page> => {
  const page = await openAs(by, '/settings/users');
  await expect(lineOf(page, by.email)).toBeSeen();
  return page;
};

/** Chooses what is to be done about somebody, by the menu of their line. */
async function choose(page: Page, person: Pick<Person, 'email'>, action: string): Promise<void> {
  await lineOf(page, person.email).getByRole('button').click();
  await button(page, action).click();
  await expect(dialogOf(page)).toBeSeen();
}

/** Presses the button of the dialog and waits until it is done. */
async function confirm(page: Page, submit: string): Promise<void> {
  await button(dialogOf(page), submit).click();
  await expect(dialogOf(page)).toBeGone();
}

const statusOf = async (question: { path: string; headers: Record<string, string> }): Promise<number> =>
  (await ask(world.server.url, question)).status;

describe('who is shown the way', () => {
  test('a user finds the account page in the menu, and no settings', async () => {
    const page = await openAs(world.user, '/');
    await button(page, /^Account: /).click();
    await page.getByRole('link', { name: texts.own.title, exact: true }).click();
    await expect(page).toBeAt(/^\/account/);
    await expect(heading(page, texts.own.title)).toBeSeen();
    // The menu is closed by then.
    await expect(page.getByRole('link', { name: texts.own.title, exact: true })).toBeGone();
    await button(page, /^Account: /).click();
    await expect(page.getByRole('link', { name: texts.own.title, exact: true })).toBeSeen();
    expect(await page.getByRole('link', { name: settings.title, exact: true }).count()).toBe(0);
  });

  test('an admin finds both, and in the settings what an admin may', async () => {
    const page = await openAs(world.admin, '/');
    await button(page, /^Account: /).click();
    await page.getByRole('link', { name: settings.title, exact: true }).click();
    const ways = page.getByRole('navigation', { name: settings.pages });
    await ways.getByRole('link', { name: settings.audit }).click();
    await expect(heading(page, audit.title)).toBeSeen();
    expect(await page.title()).toContain(audit.title);
    await ways.getByRole('link', { name: settings.users }).click();
    await expect(heading(page, users.title)).toBeSeen();
  });

  test.each([
    ['/settings/users', 'users:read'],
    ['/settings/audit', 'audit:read'],
  ] as const)('a user who types %s is told which permission is missing', async (path, permission) => {
    const page = await openAs(world.user, path);
    await expect(heading(page, messages.forbidden.title)).toBeSeen();
    await expect(page.getByText(fill(messages.forbidden.lacks, { what: messages.permission[permission] }))).toBeSeen();
    await expect(page.getByText(path, { exact: true })).toBeSeen();
  });
});

describe('the pages themselves', () => {
  // The server is not asked for the page then: as after a link that was kept open while a permission was taken away.
  test.each(['/settings/users', '/settings/audit'])('do not let a user go to %s without loading anew', async path => {
    const page = await openAs(world.user, '/account');
    await expect(heading(page, texts.own.title)).toBeSeen();
    await page.evaluate(to => {
      history.pushState({}, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, path);
    await expect(heading(page, messages.forbidden.title)).toBeSeen();
    await expect(page.getByText(path, { exact: true })).toBeSeen();
  });
});

describe('the own account', () => {
  test('says who one is, and what that allows', async () => {
    const page = await openAs(world.user, '/account');
    const main = page.getByRole('main');
    await expect(main.getByText(world.user.email, { exact: true })).toBeSeen();
    await expect(main.getByText(users.role.user, { exact: true })).toBeSeen();
    await expect(main.getByText(texts.networksAll, { exact: true })).toBeSeen();
    await expect(main.getByText('See the present: states and live values')).toBeSeen();
    expect(await main.getByText('See the past').count()).toBe(0);
  });

  test('a new password needs the old one, and signs out everywhere else', async () => {
    const person = await world.people.invite({ role: 'user', name: 'Petra Password' });
    const elsewhere = await world.people.signIn(person);
    const page = await openAs(person, '/account');
    complaintsOf(page).expect(/403.*\/auth\/password$/);
    const [current, next] = [page.locator('input[name=current]'), page.locator('input[name=password]')];
    await current.fill('this is not the one');
    await next.fill('short');
    await expect(page.getByText('5 of at least 15 characters')).toBeSeen();
    await button(page, texts.password.submit).click();
    await expect(page.getByText(fill(messages.length.choose, { least: 15 }))).toBeSeen();
    await next.fill('an entirely new password');
    await button(page, texts.password.submit).click();
    await expect(page.getByText(failure.wrong_password)).toBeSeen();
    expect(await statusOf({ path: '/api/v1/networks', headers: { cookie: elsewhere.cookie } })).toBe(200);
    await current.fill(person.password);
    await button(page, texts.password.submit).click();
    await expect(told(page, texts.password.done)).toBeSeen();
    expect(await next.inputValue()).toBe('');
    expect(await statusOf({ path: '/api/v1/networks', headers: { cookie: elsewhere.cookie } })).toBe(401);
    expect(await statusOf({ path: '/api/v1/networks', headers: { cookie: person.cookie } })).toBe(200);
    await world.people.signIn({ email: person.email, password: 'an entirely new password' });
  });

  test('sessions are listed, this one is marked, and another one can be ended', async () => {
    const person = await world.people.invite({ role: 'user' });
    const other = await world.people.signIn(person);
    const third = await world.people.signIn(person);
    const page = await openAs(person, '/account');
    const table = page.getByRole('table', { name: sessions.caption });
    await expect.poll(() => table.getByRole('row').count()).toBe(4);
    await expect(table.getByRole('row').nth(1).getByText(sessions.current)).toBeSeen();
    expect(await table.getByRole('row').nth(1).getByRole('button').count()).toBe(0);
    await table.getByRole('row').nth(2).getByRole('button').click();
    await confirm(page, sessions.end);
    await expect.poll(() => table.getByRole('row').count()).toBe(3);
    const states = (): Promise<number[]> =>
      Promise.all([other, third].map(({ cookie }) => statusOf({ path: '/api/v1/networks', headers: { cookie } })));
    expect(new Set(await states())).toEqual(new Set([200, 401]));
    await button(page, sessions.endOthers).click();
    await confirm(page, sessions.endOthers);
    await expect(told(page, sessions.endedOthers)).toBeSeen();
    await expect.poll(() => table.getByRole('row').count()).toBe(2);
    expect(await states()).toEqual([401, 401]);
  });

  test('a token is shown once, works, and does not once it is revoked', async () => {
    const person = await world.people.invite({ role: 'user' });
    const page = await openAs(person, '/account');
    await expect(page.getByText(tokens.emptyTitle)).toBeSeen();
    await button(page, tokens.make).click();
    await button(dialogOf(page), tokens.submit).click();
    await expect(page.getByText(tokens.nameMissing)).toBeSeen();
    await page.getByLabel(tokens.name).fill('Grafana');
    // A user may not give away what a user does not have.
    expect(await dialogOf(page).getByRole('checkbox').count()).toBe(1);
    await button(dialogOf(page), tokens.submit).click();
    const secret = await page.getByLabel(tokens.secret, { exact: true }).inputValue();
    expect(await page.getByLabel(tokens.example).inputValue()).toContain(`${world.server.url}/api/v1/networks`);
    await button(dialogOf(page), dialog.done).click();
    const headers = { authorization: `Bearer ${secret}` };
    expect(await statusOf({ path: '/api/v1/networks', headers })).toBe(200);
    await page.reload();
    await expect(lineOf(page, 'Grafana')).toBeSeen();
    expect(await page.content()).not.toContain(secret);
    await button(page, fill(tokens.revokeHint, { name: 'Grafana' })).click();
    await confirm(page, tokens.revoke);
    await expect(page.getByText(tokens.emptyTitle)).toBeSeen();
    expect(await statusOf({ path: '/api/v1/networks', headers })).toBe(401);
    await button(page, 'Show 1 that has ended').click();
    await expect(lineOf(page, 'Grafana').getByText(tokens.revoked)).toBeSeen();
  });
});

describe('users', () => {
  test('somebody is invited: the link is shown once and lets them in', async () => {
    const page = await openUsers();
    await button(page, users.invite).click();
    await button(dialogOf(page), users.form.inviteSubmit).click();
    await expect(page.getByText(messages.field.emailMissing)).toBeSeen();
    await page.getByLabel(messages.field.email, { exact: true }).fill('Nora@Example.org');
    await page.getByLabel(messages.field.name).fill('Nora New');
    await page.getByLabel(users.form.networksSome).check();
    await button(dialogOf(page), users.form.inviteSubmit).click();
    await expect(page.getByText(users.form.networksMissing)).toBeSeen();
    await page.getByLabel('beta', { exact: true }).check();
    await button(dialogOf(page), users.form.inviteSubmit).click();
    const link = await page.getByLabel(users.link.label, { exact: true }).inputValue();
    await confirm(page, dialog.done);
    const line = lineOf(page, 'nora@example.org');
    await expect(line.getByText(users.state.invited)).toBeSeen();
    await expect(line.getByRole('cell', { name: 'beta' })).toBeSeen();

    const guest = await open(world.server.url);
    await guest.goto(link);
    await guest.locator('input[name=password]').fill('correct horse battery');
    await button(guest, messages.link.submit).click();
    await expect(button(guest, /^Account: Nora New/)).toBeSeen();
    await page.reload();
    await expect(line.getByText(users.state.active)).toBeSeen();
  });

  test('an address that is taken is said beside the field', async () => {
    const page = await openUsers();
    complaintsOf(page).expect(/409.*\/api\/v1\/users$/);
    await button(page, users.invite).click();
    await page.getByLabel(messages.field.email, { exact: true }).fill(world.user.email);
    await button(dialogOf(page), users.form.inviteSubmit).click();
    await expect(dialogOf(page).getByText(failure.email_taken)).toBeSeen();
  });

  test('a role and networks are changed, and hold at once', async () => {
    const person = await world.people.invite({ role: 'user', name: 'Rita Role' });
    const page = await openUsers();
    await choose(page, person, users.action.change);
    await page.getByLabel(users.role.admin, { exact: true }).check();
    await page.getByLabel(users.form.networksSome).check();
    await page.getByLabel('acme', { exact: true }).check();
    await expect(page.getByText(users.form.limitedAdmin)).toBeSeen();
    await confirm(page, users.form.changeSubmit);
    await expect(told(page, fill(users.told.changed, { who: 'Rita Role' }))).toBeSeen();
    await expect(lineOf(page, person.email).getByRole('cell', { name: users.role.admin, exact: true })).toBeSeen();
    const reply = await ask(world.server.url, { path: '/api/v1/networks', headers: { cookie: person.cookie } });
    expect((reply.body['items'] as { network: string }[]).map(({ network }) => network)).toEqual(['acme']);
  });

  test('somebody is disabled, enabled again, and removed after their address was typed', async () => {
    const person = await world.people.invite({ role: 'user', name: 'Dora Disabled' });
    const headers = { cookie: person.cookie };
    const page = await openUsers();
    await choose(page, person, users.action.disable);
    await confirm(page, users.confirm.disableSubmit);
    await expect(lineOf(page, person.email).getByText(users.state.disabled, { exact: true })).toBeSeen();
    expect(await statusOf({ path: '/api/v1/networks', headers })).toBe(401);
    await choose(page, person, users.action.enable);
    await confirm(page, users.confirm.enableSubmit);
    await expect(lineOf(page, person.email).getByText(users.state.active, { exact: true })).toBeSeen();
    await choose(page, person, users.action.remove);
    await button(dialogOf(page), users.confirm.removeSubmit).click();
    await expect(page.getByText(fill(dialog.typeMissing, { typed: person.email }))).toBeSeen();
    await page.getByLabel(fill(dialog.type, { typed: person.email })).fill(person.email);
    await confirm(page, users.confirm.removeSubmit);
    await expect(lineOf(page, person.email)).toBeGone();
  });

  test('a reset link is made, and somebody is signed out everywhere', async () => {
    const person = await world.people.invite({ role: 'user', name: 'Lena Lost' });
    const page = await openUsers();
    await choose(page, person, users.action.reset);
    await button(dialogOf(page), users.link.makeSubmit).click();
    expect(await page.getByLabel(users.link.label, { exact: true }).inputValue()).toMatch(/\/link#[\w-]{43}$/);
    await confirm(page, dialog.done);
    await choose(page, person, users.action.sessions);
    await confirm(page, users.confirm.sessionsSubmit);
    await expect(told(page, fill(users.told.signedOut, { who: 'Lena Lost' }))).toBeSeen();
    expect(await statusOf({ path: '/api/v1/networks', headers: { cookie: person.cookie } })).toBe(401);
  });

  test('a dialog keeps the focus, Esc closes it, and the focus is back where it was', async () => {
    const page = await openUsers();
    await button(page, users.invite).focus();
    await page.keyboard.press('Enter');
    const isInside = (): Promise<boolean> =>
      page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null);
    await expect.poll(isInside).toBe(true);
    for (let press = 0; press < 12; press++) {
      await page.keyboard.press('Tab');
      expect(await isInside()).toBe(true);
    }
    await page.keyboard.press('Escape');
    await expect(dialogOf(page)).toBeGone();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(users.invite);
  });
});

describe('the audit log', () => {
  const line = (page: Page, text: string): Locator => page.getByRole('row').filter({ hasText: text });

  test('says in sentences who did what, with the details on demand', async () => {
    const person = await world.people.invite({ role: 'user' });
    await world.people.does({ method: 'PATCH', path: `/api/v1/users/${person.accountId}`, body: { role: 'admin' } });
    const page = await openAs(world.admin, '/settings/audit');
    const entry = line(page, `Made ${person.email} an admin`);
    await expect(entry).toBeSeen();
    await entry.getByRole('button', { name: /^Details/ }).click();
    await expect(page.getByText('user → admin')).toBeSeen();
    await expect(page.getByText('account.change', { exact: true })).toBeSeen();
  });

  test('is narrowed to one kind and one person, which stands in the address', async () => {
    const person = await world.people.invite({ role: 'user' });
    const page = await openAs(world.admin, '/settings/audit');
    await line(page, audit.did.linkUse.invite).getByRole('button', { name: person.email }).click();
    await expect(page).toBeAt(`/settings/audit?${new URLSearchParams({ actor: person.email }).toString()}`);
    await expect.poll(() => page.getByRole('row').count()).toBe(3);
    await page.getByLabel(audit.filterAction).selectOption('session.begin');
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    await page.reload();
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    await page.getByLabel(audit.filterAction).selectOption('account.delete');
    await expect(page.getByText(audit.emptyTitle)).toBeSeen();
    await button(page, audit.showAll).click();
    await expect(page).toBeAt('/settings/audit?period=all');
    await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(3);
  });

  test('shows older entries when asked', async () => {
    const person = await world.people.invite({ role: 'user' });
    for (let count = 0; count < 55; count++)
      await world.people.does({
        method: 'PATCH',
        path: `/api/v1/users/${person.accountId}`,
        body: { name: `Name ${count}` },
      });
    const page = await openAs(world.admin, '/settings/audit?action=account.change');
    await expect.poll(() => page.getByRole('row').count()).toBe(51);
    await button(page, audit.older).click();
    await expect(line(page, 'to “Name 0”')).toBeSeen();
    await expect(line(page, 'to “Name 54”')).toBeSeen();
  });
});

test('the last admin stays one, and it is said why', async () => {
  const page = await openUsers();
  complaintsOf(page).expect(/409.*\/api\/v1\/users\//);
  for (const { id } of await otherAdmins())
    await world.people.does({ method: 'DELETE', path: `/api/v1/users/${id}` }, world.admin);
  await choose(page, world.admin, users.action.change);
  await expect(page.getByText(users.form.self)).toBeSeen();
  await page.getByLabel(users.role.user, { exact: true }).check();
  await button(dialogOf(page), users.form.changeSubmit).click();
  await expect(dialogOf(page).getByRole('alert')).toSay(failure.last_admin);
  await button(dialogOf(page), dialog.cancel).click();
  await expect(lineOf(page, world.admin.email).getByRole('cell', { name: users.role.admin, exact: true })).toBeSeen();
});

async function otherAdmins(): Promise<{ id: number }[]> {
  const { body } = await world.people.does({ path: '/api/v1/users' }, world.admin);
  const items = body['items'] as { id: number; role: string; email: string }[];
  return items.filter(({ role, email }) => role === 'admin' && email !== world.admin.email);
}
