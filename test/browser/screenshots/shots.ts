import type { Locator, Page } from 'playwright-core';
import type { Visitor } from '../pages/page-case.ts';
import { chartOf } from '../support/charts.ts';
import { lineOf, streamMark } from '../support/home.ts';
import type { Look } from '../support/use-page.ts';
import { messages } from '../support/words.ts';

/** One picture in docs/screenshots. */
export interface Shot extends Look {
  /** Of the file, without .png. */
  readonly name: string;
  readonly path: string;
  readonly as: Visitor;
  /** All that is to be seen. */
  readonly shown: (page: Page) => readonly Locator[];
  readonly act?: (page: Page) => Promise<unknown>;
}

const { tile } = messages.machine;
const home = (page: Page): readonly Locator[] => [lineOf(page, 'web-1'), streamMark(page, 'live')];

const pastOf = (page: Page): readonly Locator[] => [
  chartOf(page, tile.cpu),
  chartOf(page, tile.memory),
  streamMark(page, 'live'),
  page.getByRole('region', { name: messages.machine.availability }).getByRole('img'),
];

/** What README shows, and what the reviews look at. */
export const SHOTS: readonly Shot[] = [
  {
    name: 'sign-in-google',
    path: '/sign-in',
    as: 'nobody',
    height: 640,
    shown: page => [page.getByRole('link', { name: messages.signIn.google })],
  },
  { name: 'home', path: '/', as: 'admin', shown: home },
  { name: 'home-dark', path: '/', as: 'admin', theme: 'dark', shown: home },
  { name: 'home-phone', path: '/', as: 'user', width: 360, height: 740, shown: page => [lineOf(page, 'web-1')] },
  {
    name: 'machine-live-user',
    path: '/machines/acme/web-1',
    as: 'user',
    height: 1000,
    shown: page => [chartOf(page, tile.cpu), streamMark(page, 'live')],
    // Somebody who sees the present only sees it from here on: until there is a line.
    act: page => page.waitForTimeout(20_000),
  },
  {
    name: 'machine-history',
    path: '/machines/acme/web-1?range=24h',
    as: 'admin',
    height: 1000,
    shown: pastOf,
  },
  {
    name: 'machine-history-dark',
    path: '/machines/acme/web-1?range=7d',
    as: 'admin',
    theme: 'dark',
    height: 1000,
    shown: pastOf,
  },
  {
    name: 'machine-unreachable',
    path: '/machines/acme/backup-1',
    as: 'user',
    height: 640,
    shown: page => [page.getByText(messages.machine.noValues), streamMark(page, 'live')],
  },
  { name: 'compare', path: '/compare?range=24h', as: 'admin', shown: page => [page.getByRole('application')] },
  {
    name: 'events',
    path: '/events',
    as: 'admin',
    shown: page => [page.getByText(messages.events.today)],
    act: page => page.getByRole('button', { name: messages.state.down, exact: true }).click(),
  },
  {
    name: 'users',
    path: '/settings/users',
    as: 'admin',
    height: 640,
    shown: page => [page.getByRole('button', { name: messages.people.users.invite })],
  },
  {
    name: 'services-admin',
    path: '/?view=services',
    as: 'admin',
    height: 480,
    shown: page => [lineOf(page, 'website'), streamMark(page, 'live')],
  },
  {
    name: 'services-user',
    path: '/?view=services',
    as: 'user',
    height: 480,
    shown: page => [lineOf(page, 'website'), streamMark(page, 'live')],
  },
  {
    name: 'forbidden',
    path: '/forbidden?permission=history%3Aread&path=%2Fapi%2Fv1%2Fnetworks%2Facme%2Fmetrics%2Fcpu',
    as: 'user',
    height: 640,
    shown: page => [page.getByRole('heading', { name: messages.forbidden.title })],
  },
];
