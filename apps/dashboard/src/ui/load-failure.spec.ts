import { expect, it } from 'vitest';
import { isLoadFailure, shouldReload } from './load-failure.ts';

it.each([
  ['Failed to fetch dynamically imported module: http://x/assets/palette.js', true],
  ['error loading dynamically imported module: http://x/assets/palette.js', true],
  ['Importing a module script failed.', true],
  ['Unable to preload CSS for /assets/events-page.css', true],
  ["Cannot read properties of undefined (reading 'a')", false],
])('%s: %s', (message, expected) => {
  expect(isLoadFailure(new TypeError(message))).toBe(expected);
});

it('what is no error is no failure to load', () => {
  expect(isLoadFailure('dynamically imported module')).toBe(false);
});

it.each([
  ['the server was away', true, 2_000, true],
  ['a newer version came while the page was open', false, 60_000, true],
  ['a part is simply missing, which another load would not change', false, 2_000, false],
])('when %s: %s', (_, wasSilent, ageMs, expected) => {
  expect(shouldReload(wasSilent, ageMs)).toBe(expected);
});
