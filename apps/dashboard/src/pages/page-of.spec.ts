import { expect, it } from 'vitest';
import { pageOf } from './page-of.ts';

it.each([
  ['/', 'network'],
  ['/index.html', 'network'],
  ['/sign-in', 'sign-in'],
  ['/sign-in/', 'sign-in'],
  ['/setup', 'setup'],
  ['/link', 'link'],
  ['/forbidden', 'forbidden'],
  ['/machines/acme/db-1', 'missing'],
  ['/Sign-in', 'missing'],
  ['/sign-in/more', 'missing'],
  ['/constructor', 'missing'],
])('%s is the page %s', (path, page) => {
  expect(pageOf(path)).toBe(page);
});
