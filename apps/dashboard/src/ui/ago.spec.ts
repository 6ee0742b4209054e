import { expect, it } from 'vitest';
import { agoText, utcText } from './ago.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');

it.each([
  ['2026-11-20T12:00:00Z', 'just now'],
  ['2026-11-20T11:59:01Z', 'just now'],
  ['2026-11-20T11:59:00Z', '1 minute ago'],
  ['2026-11-20T11:00:01Z', '59 minutes ago'],
  ['2026-11-20T10:00:00Z', '2 hours ago'],
  ['2026-11-19T12:00:01Z', '23 hours ago'],
  ['2026-11-17T12:00:00Z', '3 days ago'],
  ['2026-10-01T12:00:00Z', '1 month ago'],
  ['2024-11-01T12:00:00Z', '2 years ago'],
  ['2026-11-20T12:00:30Z', 'in a moment'],
  ['2026-11-27T12:00:00Z', 'in 7 days'],
])('%s is %j', (at, text) => {
  expect(agoText(Date.parse(at), NOW)).toBe(text);
});

it('in UTC a moment is written to the second', () => {
  expect(utcText(NOW)).toBe('2026-11-20 12:00:00');
});
