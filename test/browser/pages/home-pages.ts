import { lineOf } from '../support/home.ts';
import { messages } from '../support/words.ts';
import { GONE, MACHINES } from '../support/world.ts';
import { SIGNED_IN, type PageCase } from './page-case.ts';

const { empty, home, shell } = messages;

/** Home, and what lies above every page. */
export const HOME_PAGES: readonly PageCase[] = [
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
];
