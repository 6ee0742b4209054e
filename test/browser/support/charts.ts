import type { Locator, Page } from 'playwright-core';

/** The card of a chart, with its table, its file and its legend. */
export function cardOf(page: Page, title: string): Locator {
  return page.getByRole('region', { name: title, exact: true });
}

/** The chart itself; its name says in words what it shows. */
export function chartOf(page: Page, title: string): Locator {
  return cardOf(page, title).getByRole('application');
}
