import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { newcomer } from '../e2e/google-server.ts';
import { lineOf } from './support/home.ts';
import { usePage } from './support/use-page.ts';
import { messages } from './support/words.ts';
import { MACHINES, useWorld, type World } from './support/world.ts';

let world: World;
useWorld(made => void (world = made));
const open = usePage();

const { failure, signIn } = messages;

/** The page that a browser is at after its way to Google and back. */
async function signInByGoogle(from = '/'): Promise<Page> {
  const page = await open(world.server.url);
  await page.goto(from);
  await page.getByRole('link', { name: signIn.google }).click();
  return page;
}

describe('signing in with Google', () => {
  test('makes an account for somebody of the organisation and leads to where one wanted to go', async () => {
    world.google.is({ ...newcomer('corp.example'), name: 'Grace New' });
    const page = await signInByGoogle('/?network=acme&view=services');
    await expect(page).toBeAt('/?network=acme&view=services');
    await expect(lineOf(page, 'mail')).toBeSeen();
    expect(await page.getByRole('button', { name: /^Account: / }).getAttribute('aria-label')).toContain('Grace New');
  });

  test('of somebody who was invited gives the role of the invitation', async () => {
    const { sub, email } = newcomer('else.example');
    await world.people.does({ method: 'POST', path: '/api/v1/users', body: { email, role: 'admin', name: 'Gus' } });
    world.google.is({ sub, email });
    const page = await signInByGoogle();
    await expect(lineOf(page, MACHINES[0])).toBeSeen();
    const { role } = messages.account;
    expect(await page.getByRole('button', { name: /^Account: / }).getAttribute('aria-label')).toContain(role.admin);
  });
});

describe('who is refused after Google is told why, and can sign in otherwise:', () => {
  const REFUSED: readonly [string, () => void, string][] = [
    ['somebody of another organisation', () => world.google.is(newcomer('evil.example')), failure.google_not_allowed],
    [
      'somebody whose address Google has not verified',
      () => world.google.is({ ...newcomer('corp.example'), email_verified: false }),
      failure.google_unverified,
    ],
    [
      'anybody while Google is in trouble',
      () => {
        world.google.is(newcomer('corp.example'));
        world.google.tokens = { status: 500, body: { error: 'internal' } };
      },
      failure.google_unavailable,
    ],
    [
      'somebody who says no there',
      () => {
        world.google.is(newcomer('corp.example'));
        world.google.declines = true;
      },
      failure.google_refused,
    ],
  ];
  test.each(REFUSED)('%s', async (_, prepare, sentence) => {
    prepare();
    const page = await signInByGoogle();
    await expect(page).toBeAt(/^\/sign-in\?(.*&)?error=google_/);
    await expect(page.getByRole('alert')).toSay(sentence);
    await expect(page.getByRole('link', { name: signIn.google })).toBeSeen();
    await expect(page.getByRole('button', { name: signIn.submit, exact: true })).toBeSeen();
  });
});
