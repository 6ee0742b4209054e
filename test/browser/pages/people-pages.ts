import type { Locator, Page } from 'playwright-core';
import { messages } from '../support/words.ts';
import { ADMINS, heading, press, SIGNED_IN, type PageCase } from './page-case.ts';

const { people, audit } = messages;
const firstLine = (page: Page): Locator => page.getByRole('row').nth(1);

/** Everybody's own account, the accounts of all, and who did what. */
export const PEOPLE_PAGES: readonly PageCase[] = [
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
