import { expect, test } from 'vitest';
import { decideLearning, NOTHING_REMEMBERED, versionOfServer, type Remembered } from './decide-learning.ts';

const facts = {
  version: 'v1.37.1',
  uid: null,
  os: null,
  cores: null,
  memoryBytes: null,
  rootChart: null,
  diskCharts: [],
};
const known: Remembered = {
  ...NOTHING_REMEMBERED,
  facts,
  stepSeconds: 1,
  serverVersion: 'v1.37.1',
  askedAtMs: 0,
  sawTraffic: true,
};
const MINUTE = 60_000;

test.each([
  [NOTHING_REMEMBERED, null, 0, 'never asked'],
  [known, 'v1.37.1', 59 * MINUTE, null],
  [known, null, 60 * MINUTE, 'an hour has passed'],
  [known, 'v2.11.0', MINUTE, 'version changed'],
  [known, 'v2.11.0', MINUTE - 1, null],
  [{ ...known, facts: null }, null, MINUTE, 'failed before'],
  [{ ...known, stepSeconds: null }, null, MINUTE, 'failed before'],
  [{ ...known, stepSeconds: null }, null, MINUTE - 1, null],
] as const)('%o, server %s, after %i ms: %s', (remembered, version, nowMs, reason) => {
  expect(decideLearning(remembered, { serverVersion: version, hasNewCharts: false, nowMs })).toBe(reason);
});

test('a machine read at its parent is not asked again and again because the parent is of another version', () => {
  const child: Remembered = { ...known, facts: { ...facts, version: 'v1.35.0' } };
  const signs = { serverVersion: 'v1.37.1', hasNewCharts: false };
  expect(decideLearning(child, { ...signs, nowMs: 59 * MINUTE })).toBeNull();
  expect(decideLearning(child, { ...signs, serverVersion: 'v2.11.0', nowMs: MINUTE })).toBe('version changed');
});

test.each([
  [MINUTE - 1, null],
  [MINUTE, 'new charts'],
])('charts whose step is not known, %i ms after the agent was asked: %s', (nowMs, reason) => {
  expect(decideLearning(known, { serverVersion: null, hasNewCharts: true, nowMs })).toBe(reason);
});

test.each([
  ['Netdata Embedded HTTP Server v1.37.1', 'v1.37.1'],
  ['Netdata Embedded HTTP Server v2.11.0-93-nightly', 'v2.11.0-93-nightly'],
  ['nginx', null],
  [null, null],
])('the server %s is of version %s', (server, version) => {
  expect(versionOfServer(server)).toBe(version);
});
