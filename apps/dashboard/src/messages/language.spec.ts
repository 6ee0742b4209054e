import { expect, it } from 'vitest';
import { languageFor, localeFor } from './language.ts';

it.each([
  [null, ['de-AT', 'en'], 'de'],
  [null, ['en-US', 'de'], 'en'],
  [null, ['fr-FR', 'DE'], 'de'],
  [null, ['fr'], 'en'],
  [null, [], 'en'],
  ['de', ['en-US'], 'de'],
  ['en', ['de'], 'en'],
  ['klingon', ['de'], 'de'],
  ['constructor', ['toString'], 'en'],
] as const)('who chose %j and whose browser asks for %j is shown %s', (kept, wishes, language) => {
  expect(languageFor(kept, wishes)).toBe(language);
});

it.each([
  ['de', ['de-AT', 'de-DE'], 'de-AT'],
  ['de', ['en-US', 'de', 'de-CH'], 'de-CH'],
  ['en', ['de-DE', 'en-GB'], 'en-GB'],
  ['de', ['en-US'], 'de'],
  ['en', ['en-US@posix'], 'en'],
  ['en', [], 'en'],
] as const)('numbers and times in %s, for a browser that asks for %j, are those of %s', (language, wishes, locale) => {
  expect(localeFor(language, wishes)).toBe(locale);
});
