import { describe, expect, it } from 'vitest';
import type { ProblemOf } from './check.ts';
import { labelsProblem } from './collection-problems.ts';
import { durationProblem, integerProblem, integerTextProblem } from './number-problems.ts';
import {
  hostProblem,
  instantProblem,
  nameFrom,
  nameProblem,
  oneOfProblem,
  textProblem,
  versionRangeProblem,
} from './text-problems.ts';
import { connectionUrlProblem, httpUrlProblem, normalizeBaseUrl } from './url-problems.ts';

const duration = durationProblem({ min: 1_000, max: 60_000 });
const port = integerTextProblem({ min: 0, max: 65_535 });

describe('values that are fine', () => {
  it.each<[string, ProblemOf, unknown[]]>([
    ['a name', nameProblem, ['a', 'db-1', 'DB_1.example', '0', 'x'.repeat(63)]],
    ['a duration', duration, ['1s', '1000ms', '1m']],
    ['a port', port, ['0', '3000', '65535']],
    ['a URL', httpUrlProblem, ['http://10.0.0.11:19999', 'https://[::1]/host/db-1/', 'HTTP://a']],
    ['an instant', instantProblem, ['2026-11-20T10:00:00Z', '2028-02-29T23:59:59.5Z']],
    ['a range of versions', versionRangeProblem, ['>=1 <2', '1.2.3', '=1']],
    ['labels', labelsProblem, [{}, { tier: 'db', 'k8s.io/zone': 'a=b' }]],
    ['text', textProblem(5), ['a', 'abcde']],
    ['a host', hostProblem, ['a', 'db-1.example', '_dmarc.example.', '4chan.org', '10.0.0.1', '::1', 'fe80::1%eth0']],
  ])('%s', (_, problemOf, values) => {
    expect(values.map(problemOf)).toEqual(values.map(() => null));
  });
});

describe('values that are not', () => {
  it.each<[ProblemOf, unknown, string]>([
    [nameProblem, '-db', '"-db" is no name: use 1 to 63 letters'],
    [nameProblem, '', '"" is no name'],
    [nameProblem, 'x'.repeat(64), 'is no name'],
    [nameProblem, 'db\n', 'is no name'],
    [nameProblem, 12, 'must be text: write it in quotes, "12"'],
    [nameProblem, [], 'must be text, not a list'],
    [duration, 10, '10 is no duration: write it like 500ms, 10s, 5m, 1h or 1d'],
    [duration, '10', '"10" is no duration'],
    [duration, '999ms', '"999ms" is too short: at least 1s'],
    [duration, '61s', '"61s" is too long: at most 1m'],
    [port, '65536', '65536 is no whole number from 0 to 65535'],
    [port, '3000.5', '"3000.5" is no whole number'],
    [port, '-1', '"-1" is no whole number'],
    [integerProblem({ min: 1, max: Number.MAX_SAFE_INTEGER }), 0, '0 is no whole number from 1'],
    [integerProblem({ min: 1, max: Number.MAX_SAFE_INTEGER }), 2 ** 60, 'is no whole number from 1'],
    [httpUrlProblem, 'db-1:19999', '"db-1:19999" begins neither with http:// nor with https://'],
    [httpUrlProblem, 'http:db-1', 'begins neither'],
    [httpUrlProblem, 'file:///etc/passwd', 'begins neither'],
    [httpUrlProblem, 'db-1', '"db-1" is no URL'],
    [httpUrlProblem, 'http://db-1?', 'must end with its path'],
    [httpUrlProblem, 'http://db-1/#a', 'must end with its path'],
    [httpUrlProblem, 'http://db-1/a b', 'must end with its path'],
    [httpUrlProblem, 'http://bob@db-1', 'must not hold a user name or password'],
    [instantProblem, '2026-02-30T00:00:00Z', 'is no time in UTC'],
    [instantProblem, '2026-11-20T10:00:00+01:00', 'is no time in UTC'],
    [instantProblem, 0, 'is no time in UTC'],
    [versionRangeProblem, '', 'is no range of versions'],
    [versionRangeProblem, '>=1 or so', 'is no range of versions'],
    [oneOfProblem(['netdata', 'host']), 'http', '"http" is none of netdata, host'],
    [oneOfProblem(['netdata', 'host']), 'hots', '"hots" is none of netdata, host; did you mean host?'],
    [oneOfProblem(['netdata', 'host']), 3, '3 is none of'],
    [labelsProblem, { tier: 1 }, 'the label tier must be text: write it in quotes, not 1'],
    [labelsProblem, { 'a b': 'c' }, '"a b" is no label'],
    [labelsProblem, { tier: '' }, 'the label tier must have 1 to 200 characters'],
    [labelsProblem, ['tier'], 'must be a mapping, not a list'],
    [hostProblem, '10.0.0.300', '"10.0.0.300" is neither a host name nor an IP address'],
    [hostProblem, '1.2.3', 'is neither'],
    [hostProblem, '12', 'is neither'],
    [hostProblem, 'a-.example', 'is neither'],
    [hostProblem, '-a', 'is neither'],
    [hostProblem, 'a..b', 'is neither'],
    [hostProblem, '.', 'is neither'],
    [hostProblem, `${'x'.repeat(64)}.example`, 'is neither'],
    [hostProblem, 'a:80', 'is neither a host name nor an IP address; a port or a path has keys of its own'],
    [hostProblem, 'a\n', 'is neither'],
    [hostProblem, 10, 'must be text: write it in quotes, "10"'],
    [textProblem(5), 'abcdef', 'is longer than 5 characters'],
    [textProblem(5), ' ', 'is empty'],
    [textProblem(5), 'a\u0000', 'must be on one line'],
  ])('%o of %j: %s', (problemOf, value, message) => {
    expect(problemOf(value)).toContain(message);
  });

  it.each(['hunter2', 'mysql://bob:hunter2@db/x', 'postgresql://bob:hunt er2@db:x/y', 'hunter2:x'])(
    'a connection URL is refused without being shown: %s',
    value => {
      const message = connectionUrlProblem(['postgresql:', 'postgres:'], 'postgresql://user:password@host/name')(value);
      expect(message).toMatch(
        /^(is no URL: write it like postgresql:|must begin with postgresql:\/\/ or postgres:\/\/$)/,
      );
      expect(message).not.toMatch(/hunt/);
    },
  );
});

describe('normalizeBaseUrl', () => {
  it.each([
    ['http://DB-1:80/', 'http://db-1'],
    ['http://parent:19999/host/db-1/', 'http://parent:19999/host/db-1'],
    ['https://a//', 'https://a'],
  ])('writes %s as %s', (url, normal) => {
    expect(normalizeBaseUrl(url)).toBe(normal);
  });
});

describe('nameFrom', () => {
  it.each([
    ['db-1.example', 'db-1.example'],
    ['Bob’s Mac', 'Bob-s-Mac'],
    ['_gateway', 'gateway'],
    ['x'.repeat(100), 'x'.repeat(63)],
    ['', 'unnamed'],
    ['💥', 'unnamed'],
  ])('makes a name of %j', (text, name) => {
    expect(nameFrom(text)).toBe(name);
    expect(nameProblem(nameFrom(text))).toBeNull();
  });
});
