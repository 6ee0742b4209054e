import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { complaintsOf } from './support/complaints.ts';
import { usePage } from './support/use-page.ts';
import { useWorld, type World } from './support/world.ts';

let world: World;
useWorld(made => void (world = made));
const open = usePage();

type Deed = (page: Page) => Promise<unknown>;

/** What must fail any test, if the test does not say that it expects it. */
const BAD: readonly [string, Deed, RegExp][] = [
  ['an error of a script', page => page.evaluate(() => void setTimeout(() => JSON.parse('{'))), /^error: SyntaxError/],
  [
    'a promise that nobody caught',
    page => page.evaluate(() => void Promise.reject(new Error('lost'))),
    /^error: .*lost/s,
  ],
  ['an error on the console', page => page.evaluate(() => console.error('oh no')), /^console error: oh no/],
  ['a warning on the console', page => page.evaluate(() => console.warn('hm')), /^console warning: hm/],
  [
    'a style that came with the markup',
    page => page.evaluate(() => document.body.append(document.createElement('style'))),
    /violates the content security policy: style-src-elem inline/,
  ],
  [
    'an image from elsewhere',
    page => page.evaluate(() => void (new Image().src = 'https://elsewhere.invalid/pixel.png')),
    /violates the content security policy: img-src https:\/\/elsewhere\.invalid/,
  ],
  [
    'a request to elsewhere',
    page => page.evaluate(() => fetch('https://elsewhere.invalid/').catch(() => undefined)),
    /violates the content security policy: connect-src https:\/\/elsewhere\.invalid/,
  ],
  [
    'text that is made into markup',
    page =>
      page.evaluate(() => {
        try {
          document.body.innerHTML = '<b>bold</b>';
        } catch {
          // what it throws is not what tells of it here
        }
      }),
    /violates the content security policy: require-trusted-types-for/,
  ],
  [
    'a file that is not there',
    page => page.evaluate(() => fetch('/assets/gone-12345678.js')),
    /^404 http:.*\/assets\/gone-12345678\.js$/,
  ],
];

test.each(BAD)('%s is a complaint', async (_, deed, complaint) => {
  const page = await open(world.server.url);
  await page.goto('/sign-in');
  const complaints = complaintsOf(page);
  expect(complaints.unexpected).toEqual([]);
  await deed(page);
  await expect.poll(() => complaints.unexpected).toContainEqual(expect.stringMatching(complaint));
  complaints.expect(/./);
});
