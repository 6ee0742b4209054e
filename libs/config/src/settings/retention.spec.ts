import { describe, expect, it } from 'vitest';
import {
  DEFAULT_RETENTION_MS,
  findRetentionConflicts,
  formatRetention,
  retentionOf,
  retentionProblem,
} from './retention.ts';

const DAY_MS = 86_400_000;

describe('retentionProblem', () => {
  it.each(['0', '0d', '0s', '31d', '761d', '36525d', '8760h'])('takes %s', text => {
    expect(retentionProblem(text)).toBeNull();
  });

  it.each([
    ['30d', '"30d" is too short: at least 31d; 0 keeps for ever'],
    ['1ms', '"1ms" is too short: at least 31d; 0 keeps for ever'],
    ['36526d', '"36526d" is too long: at most 36525d; 0 keeps for ever'],
    ['99999999999999999999d', 'is no duration'],
    ['365', '"365" is no duration: write it like 500ms, 10s, 5m, 1h or 1d; 0 keeps for ever'],
    ['-1d', '"-1d" is no duration'],
    ['1y', '"1y" is no duration'],
    ['for ever', '"for ever" is no duration'],
    ['', '"" is no duration'],
    [0, 'is no duration'],
  ])('refuses %j', (value, problem) => {
    expect(retentionProblem(value)).toContain(problem);
  });
});

describe('retentionOf', () => {
  it('takes what is given and fills in the rest', () => {
    expect(retentionOf({ rows: '100d', hours: '0' }, DEFAULT_RETENTION_MS)).toEqual({
      ...DEFAULT_RETENTION_MS,
      rows: 100 * DAY_MS,
      hours: null,
    });
  });

  it('can be written as it was read', () => {
    const { rows, days } = retentionOf({ rows: '100d', days: '0' }, DEFAULT_RETENTION_MS);
    expect([formatRetention(rows), formatRetention(days)]).toEqual(['100d', '0']);
  });
});

describe('findRetentionConflicts', () => {
  it.each([
    ['the defaults', {}, []],
    ['everything for ever', { rows: '0', hours: '0', days: '0', events: '0' }, []],
    ['all of the same length', { rows: '100d', hours: '100d', days: '100d' }, []],
    ['events shorter than all', { events: '31d' }, []],
    ['hours shorter than rows', { rows: '100d', hours: '99d' }, ['hours than rows']],
    ['hours not for ever, rows for ever', { rows: '0' }, ['hours than rows']],
    ['days shorter than hours', { hours: '1000d', days: '999d' }, ['days than hours']],
    ['days not for ever, hours for ever', { hours: '0', days: '4000d' }, ['days than hours']],
    ['both', { rows: '3000d', hours: '2000d', days: '1000d' }, ['hours than rows', 'days than hours']],
  ])('%s', (_title, texts, expected) => {
    const conflicts = findRetentionConflicts(retentionOf(texts, DEFAULT_RETENTION_MS));
    expect(conflicts.map(({ tooShort, than }) => `${tooShort} than ${than}`)).toEqual(expected);
  });
});
