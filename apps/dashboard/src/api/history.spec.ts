import { describe, expect, it } from 'vitest';
import { ApiError, NO_ANSWER } from './api-error.ts';
import { csvHref, metricCsvHref } from './history-client.ts';
import { untilNextPointMs, untilNextReadMs } from './history-queries.ts';
import { stepMsOf } from './step.ts';

const MINUTE = 60_000;
/** At the start of a window. */
const AT = Date.parse('2026-11-20T10:00:00Z');

describe('how long a point is', () => {
  it.each([
    ['1s', 1_000],
    ['10m', 600_000],
    ['1h', 3_600_000],
    ['1d', 86_400_000],
    ['90s', 90_000],
    ['nonsense', 1_000],
  ])('%s: %i ms', (resolution, ms) => {
    expect(stepMsOf(resolution)).toBe(ms);
  });
});

describe('the wait for another point', () => {
  it.each([
    ['of seconds is never shorter than is polite', 1_000, AT, 10_000],
    ['of minutes', MINUTE, AT + 20_000, 55_000],
    ['ends some seconds after the window', 10 * MINUTE, AT + 5 * MINUTE, 5 * MINUTE + 15_000],
    ['of a window that has just closed is short', 10 * MINUTE, AT + 4_000, 11_000],
    ['of a row that is just there is a window', 10 * MINUTE, AT + 15_000, 10 * MINUTE],
    ['of an hour is that of the windows it is made of', 60 * MINUTE, AT + 5 * MINUTE, 5 * MINUTE + 15_000],
  ])('%s', (_, stepMs, now, waitMs) => {
    expect(untilNextPointMs(stepMs, now)).toBe(waitMs);
  });
});

describe('a history', () => {
  const noAnswer = new ApiError(NO_ANSWER, null, null);
  const seconds = { resolution: '1s' };

  it.each<[string, Parameters<typeof untilNextReadMs>[0], boolean, number | false]>([
    ['of a range that ends now is read again for its next point', { data: seconds, error: null }, true, 10_000],
    ['of a range that is over is not', { data: seconds, error: null }, false, false],
    ['that nobody has told of is asked for again', { data: undefined, error: noAnswer }, true, 5_000],
    ['is asked for again also when its range is over', { data: undefined, error: noAnswer }, false, 5_000],
    ['is asked for again of a server in trouble', { data: seconds, error: new ApiError('X', 503, null) }, false, 5_000],
    ['for others is not', { data: undefined, error: new ApiError('FORBIDDEN', 403, null) }, true, false],
    ['of a range that cannot be had is not', { data: undefined, error: new ApiError('X', 400, null) }, false, false],
  ])('%s', (_, state, isOpen, waitMs) => {
    expect(untilNextReadMs(state, isOpen)).toBe(waitMs);
  });
});

describe('where values are downloaded', () => {
  it.each([
    [
      csvHref({ network: 'a b', machine: 'db/1', words: { from: '-24h' } }),
      '/api/v1/networks/a%20b/machines/db%2F1/metrics?from=-24h&format=csv',
    ],
    [
      csvHref({
        network: 'acme',
        machine: 'db-1',
        words: { from: '2026-11-20T10:00:00Z', to: '2026-11-20T11:00:00Z' },
        metrics: ['netIn', 'netOut'],
        resolution: '10m',
      }),
      '/api/v1/networks/acme/machines/db-1/metrics?from=2026-11-20T10%3A00%3A00Z&to=2026-11-20T11%3A00%3A00Z&metrics=netIn%2CnetOut&resolution=10m&format=csv',
    ],
    [
      metricCsvHref({ network: 'acme', metric: 'cpu', words: { from: '-1h' } }),
      '/api/v1/networks/acme/metrics/cpu?from=-1h&format=csv',
    ],
  ])('%s', (href, expected) => {
    expect(href).toBe(expected);
  });
});
