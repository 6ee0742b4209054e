import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { PAGE_RULES } from '../../apps/server/src/http/access/page-rules.ts';
import { PAGES } from './pages.ts';
import { heading, VISITORS, type Outcome, type PageCase } from './pages/page-case.ts';
import { complaintsOf } from './support/complaints.ts';
import { signIn } from './support/sign-in.ts';
import { usePage } from './support/use-page.ts';
import { messages } from './support/words.ts';
import { useWorld, WITH_PAST, type World } from './support/world.ts';

let world: World;
useWorld(made => void (world = made), WITH_PAST);
const open = usePage();

/** What is there when it has come to this. */
const SHOWN: Readonly<Record<Outcome, (page: Page, one: PageCase) => Locator>> = {
  shown: (page, { shown }) => shown(page),
  'sign-in': page => heading(page, messages.signIn.title),
  forbidden: page => heading(page, messages.forbidden.title),
};

/** Where the page to sign in on leads to afterwards; `null`: it is another page. */
function nextOf(page: Page): string | null {
  const { pathname, searchParams } = new URL(page.url());
  return pathname === '/sign-in' ? searchParams.get('next') : null;
}

const GUARDED = PAGES.flatMap(one => (one.access === undefined ? [] : [[one.name, one, one.access] as const]));
describe.each(GUARDED)('%s', (_, one, access) => {
  test.each(VISITORS.map(visitor => [visitor, access[visitor]] as const))('for %s: %s', async (visitor, outcome) => {
    const page = await open(world.server.url);
    if (visitor !== 'nobody') await signIn(page, world[visitor]);
    if (one.expected !== undefined) complaintsOf(page).expect(one.expected);
    await page.goto(one.path);
    await expect(SHOWN[outcome](page, one)).toBeSeen();
    expect(nextOf(page)).toBe(outcome === 'sign-in' ? one.path : null);
  });
});

test('every page that there is stands in this table', () => {
  const missing = Object.keys(PAGE_RULES).filter(page => !PAGES.some(({ path }) => isPathOf(page, path)));
  expect(missing).toEqual([]);
});

/** Whether a path is one of a page, which may leave some of its parts open: `/machines/$network/$machine`. */
function isPathOf(page: string, path: string): boolean {
  const [parts, asked] = [page.split('/'), (path.split(/[?#]/)[0] ?? '').split('/')];
  return parts.length === asked.length && parts.every((part, i) => part.startsWith('$') || part === asked[i]);
}
