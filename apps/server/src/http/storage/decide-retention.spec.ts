import { expect, test } from 'vitest';
import { DEFAULT_RETENTION_MS } from '#config';
import { ProblemException } from '../problem/problem.ts';
import { decideRetention } from './decide-retention.ts';
import type { RetentionQuery } from './storage.dto.ts';

const DAY_MS = 86_400_000;

/** What it refuses, by path; a retention that it takes is none of these. */
function refusalsOf(query: RetentionQuery): Record<string, string> {
  try {
    decideRetention(query, DEFAULT_RETENTION_MS);
    return {};
  } catch (error) {
    if (!(error instanceof ProblemException) || error.code !== 'INVALID_RETENTION') throw error;
    return Object.fromEntries((error.errors ?? []).map(({ path, message }) => [path, message]));
  }
}

test.each<[string, RetentionQuery, object]>([
  ['nothing: the settings in force', {}, {}],
  ['one of them', { rows: '365d' }, { rows: 365 * DAY_MS }],
  [
    'all of them',
    { rows: '31d', hours: '40d', days: '50d', events: '0' },
    { rows: 31 * DAY_MS, hours: 40 * DAY_MS, days: 50 * DAY_MS, events: null },
  ],
])('takes %s', (_what, query, expected) => {
  expect(decideRetention(query, DEFAULT_RETENTION_MS)).toEqual({ ...DEFAULT_RETENTION_MS, ...expected });
});

test.each<[RetentionQuery, Record<string, string>]>([
  [{ rows: '0' }, { hours: 'hours (3653d) must be kept at least as long as rows (0)' }],
  [{ days: '400d' }, { days: 'days (400d) must be kept at least as long as hours (3653d)' }],
  [
    { hours: '100d', days: '50d' },
    { hours: 'as long as rows (761d)', days: 'as long as hours (100d)' },
  ],
])('refuses %j and says why', (query, expected) => {
  const refusals = refusalsOf(query);
  expect(Object.keys(refusals)).toEqual(Object.keys(expected));
  for (const [path, message] of Object.entries(expected)) expect(refusals[path]).toContain(message);
});
