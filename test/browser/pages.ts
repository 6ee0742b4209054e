import type { Locator, Page } from 'playwright-core';
import { cardOf, chartOf } from './support/charts.ts';
import { lineOf } from './support/home.ts';
import { messages } from './support/words.ts';
import { GONE, MACHINES } from './support/world.ts';

/** Who may come: nobody in particular, somebody who sees the present, somebody who sees everything. */
export const VISITORS = ['nobody', 'user', 'admin'] as const;
export type Visitor = (typeof VISITORS)[number];

/** What becomes of a visitor: the page, the page to sign in on, or the page that says that it is not allowed. */
export type Outcome = 'shown' | 'sign-in' | 'forbidden';

/** One page of the dashboard in one state, as it is in the world of `support/world.ts`. */
export interface PageCase {
  readonly name: string;
  readonly path: string;
  /** By whom it is looked at for accessibility and width. */
  readonly as: Visitor;
  /** What is there as soon as all of it is. */
  readonly shown: (page: Page) => Locator;
  /** What is done before it is looked at, such as opening a menu. */
  readonly act?: (page: Page) => Promise<unknown>;
  /** What the browser complains about by right: of what is not there, it says that it is not there. */
  readonly expected?: RegExp;
  /** What becomes of whom; left out where the state differs from another case of the same path. */
  readonly access?: Readonly<Record<Visitor, Outcome>>;
}

const EVERYBODY = { nobody: 'shown', user: 'shown', admin: 'shown' } as const;
const SIGNED_IN = { nobody: 'sign-in', user: 'shown', admin: 'shown' } as const;
const ADMINS = { nobody: 'sign-in', user: 'forbidden', admin: 'shown' } as const;

export const heading = (page: Page, name: string): Locator =>
  page.getByRole('heading', { name, level: 1, exact: true });

const { signIn, forbidden, link, setup, page: texts, empty, machine, charts, people, audit, home, shell } = messages;
const press = (page: Page, name: string | RegExp): Promise<unknown> =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click();
const firstLine = (page: Page): Locator => page.getByRole('row').nth(1);

/** Every page, and the states of it that look different. What is in this table is looked at by `pages.spec.ts`. */
export const PAGES: readonly PageCase[] = [
  {
    name: 'home',
    path: '/',
    as: 'user',
    shown: page => lineOf(page, MACHINES[0]),
    access: SIGNED_IN,
  },
  {
    name: 'home of an admin with the account menu open',
    path: '/',
    as: 'admin',
    shown: page => lineOf(page, GONE),
    act: page => page.getByRole('button', { name: /^Account/ }).click(),
  },
  {
    name: 'home as a grid',
    path: '/',
    as: 'user',
    shown: page => page.getByRole('radio', { name: home.layout.grid }),
    act: page => page.getByRole('radio', { name: home.layout.grid }).press('Space'),
  },
  {
    name: 'home with the search open',
    path: '/',
    as: 'admin',
    shown: page => lineOf(page, GONE),
    act: async page => {
      await page.getByRole('button', { name: shell.search.button }).click();
      await page.getByRole('dialog').getByRole('option').first().waitFor();
    },
  },
  {
    name: 'services',
    path: '/?network=acme&view=services',
    as: 'user',
    shown: page => lineOf(page, 'mail'),
    access: SIGNED_IN,
  },
  {
    name: 'services with their past',
    path: '/?network=acme&view=services',
    as: 'admin',
    shown: page => lineOf(page, 'mail'),
  },
  {
    name: 'a network that is not there',
    path: '/?network=gone',
    as: 'user',
    shown: page => page.getByText(empty.networkGoneText),
    expected: /404.*\/api\/v1\/networks\/gone\//,
    access: SIGNED_IN,
  },
  {
    name: 'a machine, live',
    path: `/machines/acme/${MACHINES[0]}`,
    as: 'user',
    shown: page => chartOf(page, machine.tile.cpu),
    access: SIGNED_IN,
  },
  {
    name: 'a machine with its past',
    path: `/machines/acme/${MACHINES[0]}?range=24h`,
    as: 'admin',
    shown: page => chartOf(page, machine.tile.cpu),
  },
  {
    name: 'a machine with a chart as a table',
    path: `/machines/acme/${MACHINES[0]}?range=24h`,
    as: 'admin',
    shown: page => chartOf(page, machine.tile.cpu),
    act: page => cardOf(page, machine.tile.cpu).getByRole('button', { name: charts.table }).click(),
  },
  {
    name: 'a machine that is down',
    path: `/machines/acme/${GONE}`,
    as: 'user',
    shown: page => page.getByText(machine.noValues),
  },
  {
    name: 'a machine whose name looks like a file',
    path: `/machines/acme/${MACHINES[2]}`,
    as: 'user',
    shown: page => heading(page, MACHINES[2]),
    access: SIGNED_IN,
  },
  {
    name: 'a machine that is not there',
    path: '/machines/acme/nowhere',
    as: 'user',
    expected: /404.*\/machines\/nowhere/,
    shown: page => page.getByText(machine.missingText),
  },
  {
    name: 'compare',
    path: '/compare',
    as: 'admin',
    shown: page => page.getByRole('application'),
    access: ADMINS,
  },
  {
    name: 'events',
    path: '/events',
    as: 'admin',
    shown: page => page.getByText(messages.events.end),
    access: ADMINS,
  },
  {
    name: 'account',
    path: '/account',
    as: 'user',
    shown: page => heading(page, people.own.title),
    access: SIGNED_IN,
  },
  {
    name: 'settings',
    path: '/settings',
    as: 'admin',
    shown: page => page.getByRole('navigation', { name: messages.settings.pages }),
  },
  {
    name: 'users',
    path: '/settings/users',
    as: 'admin',
    shown: page => page.getByRole('button', { name: people.users.invite }),
    access: ADMINS,
  },
  {
    name: 'users while somebody is invited',
    path: '/settings/users',
    as: 'admin',
    shown: page => page.getByRole('button', { name: people.users.invite }),
    act: async page => {
      await page.getByRole('button', { name: people.users.invite }).click();
      await page.getByRole('dialog').getByRole('button', { name: people.users.form.inviteSubmit }).waitFor();
    },
  },
  {
    name: 'audit log',
    path: '/settings/audit',
    as: 'admin',
    shown: page => heading(page, audit.title),
    access: ADMINS,
  },
  {
    name: 'sign-in',
    path: '/sign-in',
    as: 'nobody',
    shown: page => page.getByRole('link', { name: signIn.google }),
  },
  {
    name: 'sign-in after Google refused',
    path: '/sign-in?error=google_not_allowed',
    as: 'nobody',
    shown: page => page.getByRole('alert').filter({ hasText: messages.failure.google_not_allowed }),
  },
  {
    name: 'sign-in with nothing filled in',
    path: '/sign-in',
    as: 'nobody',
    shown: page => page.getByRole('link', { name: signIn.google }),
    act: page => page.getByRole('button', { name: signIn.submit, exact: true }).click(),
  },
  {
    name: 'sign-in of somebody who is signed in',
    path: '/sign-in',
    as: 'user',
    shown: page => page.getByRole('link', { name: signIn.goOn }),
  },
  {
    name: 'forbidden',
    path: '/forbidden?permission=history%3Aread&path=%2Fapi%2Fv1%2Fsomething',
    as: 'user',
    shown: page => page.getByRole('main').getByText('/api/v1/something'),
    access: EVERYBODY,
  },
  {
    name: 'forbidden for nobody',
    path: '/forbidden',
    as: 'nobody',
    shown: page => page.getByText(forbidden.signedOut),
  },
  {
    name: 'a link that is not whole',
    path: '/link#abc',
    as: 'nobody',
    shown: page => heading(page, link.incompleteTitle),
    access: EVERYBODY,
  },
  {
    name: 'setup of a server that is set up',
    path: '/setup',
    as: 'nobody',
    shown: page => heading(page, setup.doneTitle),
    access: EVERYBODY,
  },
  {
    name: 'a page that is not there',
    path: '/nowhere/at-all',
    as: 'user',
    expected: /404.*\/nowhere\/at-all$/,
    shown: page => heading(page, texts.missingTitle),
    access: SIGNED_IN,
  },
  {
    name: 'account of an admin with a new token being made',
    path: '/account',
    as: 'admin',
    shown: page => page.getByText(people.token.emptyTitle),
    act: async page => {
      await press(page, people.token.make);
      await page.getByRole('dialog').getByRole('button', { name: people.token.submit }).click();
      await page.getByText(people.token.nameMissing).waitFor();
    },
  },
  {
    name: 'account with a password that is missing',
    path: '/account',
    as: 'admin',
    shown: page => page.getByText(people.token.emptyTitle),
    act: async page => {
      await press(page, people.password.submit);
      await page.getByText(messages.field.passwordMissing).waitFor();
    },
  },
  {
    name: 'users with a menu open',
    path: '/settings/users',
    as: 'admin',
    shown: firstLine,
    act: page => press(page, /^Actions for/),
  },
  {
    name: 'users with an invitation that is not complete',
    path: '/settings/users',
    as: 'admin',
    shown: firstLine,
    act: async page => {
      await press(page, people.users.invite);
      await page.getByLabel(people.users.role.admin, { exact: true }).check();
      await page.getByLabel(people.users.form.networksSome).check();
      await press(page, people.users.form.inviteSubmit);
      await page.getByText(people.users.form.networksMissing).waitFor();
    },
  },
  {
    name: 'users with one about to be removed',
    path: '/settings/users',
    as: 'admin',
    shown: firstLine,
    act: async page => {
      await press(page, /^Actions for/);
      await press(page, people.users.action.remove);
      await press(page, people.users.confirm.removeSubmit);
      await page.getByRole('dialog').getByText(messages.dialog.cancel).waitFor();
    },
  },
  {
    name: 'users with a reset link',
    path: '/settings/users',
    as: 'admin',
    shown: firstLine,
    act: async page => {
      await press(page, 'Actions for Uli User');
      await press(page, people.users.action.reset);
      await press(page, people.users.link.makeSubmit);
      await page.getByLabel(people.users.link.label, { exact: true }).waitFor();
    },
  },
  {
    name: 'audit log of a few days with the details of an entry',
    path: '/settings/audit?period=own&from=2020-01-01',
    as: 'admin',
    shown: firstLine,
    act: page => press(page, /^Details of/),
  },
  {
    name: 'audit log in which nothing is found',
    path: '/settings/audit?actor=nobody%40example.org',
    as: 'admin',
    shown: page => page.getByText(audit.emptyTitle),
  },
];
