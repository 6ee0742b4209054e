import type { Locator, Page } from 'playwright-core';

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

export const EVERYBODY = { nobody: 'shown', user: 'shown', admin: 'shown' } as const;
export const SIGNED_IN = { nobody: 'sign-in', user: 'shown', admin: 'shown' } as const;
export const ADMINS = { nobody: 'sign-in', user: 'forbidden', admin: 'shown' } as const;

/** What a page is called. */
export const heading = (page: Page, name: string): Locator =>
  page.getByRole('heading', { name, level: 1, exact: true });

/** Presses the first button of that name. */
export const press = (page: Page, name: string | RegExp): Promise<unknown> =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click();
