import { ACCOUNT_PAGES } from './pages/account-pages.ts';
import { EDITOR_PAGES } from './pages/editor-pages.ts';
import { HOME_PAGES } from './pages/home-pages.ts';
import { MACHINE_PAGES } from './pages/machine-pages.ts';
import type { PageCase } from './pages/page-case.ts';
import { PEOPLE_PAGES } from './pages/people-pages.ts';

/** Every page, and the states of it that look different: what `pages.spec.ts` and `access.spec.ts` look at. */
export const PAGES: readonly PageCase[] = [
  ...HOME_PAGES,
  ...MACHINE_PAGES,
  ...PEOPLE_PAGES,
  ...EDITOR_PAGES,
  ...ACCOUNT_PAGES,
];
