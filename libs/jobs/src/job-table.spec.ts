import { expect, test } from 'vitest';
import { isJobName, queueOf, requestOptionsOf, runOptionsOf } from './job-table.ts';

test.each([
  { why: 'its own without via', request: { name: 'window.collect' as const }, queue: 'window' },
  {
    why: 'another one than that of the windows it plans',
    request: { name: 'window.plan' as const },
    queue: 'maintenance',
  },
  { why: 'its own when via is null', request: { name: 'probe.run' as const, via: null }, queue: 'probe' },
  { why: "the label's with via", request: { name: 'window.collect' as const, via: 'fra-1' }, queue: 'via-fra-1' },
  {
    why: 'a legal name for any label',
    request: { name: 'live.read' as const, via: 'fe80::1 käse' },
    queue: 'via-fe80%3A%3A1%20k%C3%A4se',
  },
])("a job's queue is $why", ({ request, queue }) => {
  expect(queueOf(request)).toBe(queue);
});

test('a plan is tried once: the next tick comes', () => {
  expect(runOptionsOf('window.plan').attempts).toBe(1);
  expect(runOptionsOf('probe.plan').attempts).toBe(1);
  expect(runOptionsOf('window.collect').attempts).toBeGreaterThan(1);
});

test.each([
  { delayMs: undefined, delay: undefined },
  { delayMs: 0, delay: 0 },
  { delayMs: 12.4, delay: 13 },
  { delayMs: -5, delay: 0 },
])('a delay of $delayMs ms is $delay whole ms', ({ delayMs, delay }) => {
  const request = { name: 'transition.announce' as const, payload: { sequence: 1 }, id: 'x' };
  expect(requestOptionsOf(delayMs === undefined ? request : { ...request, delayMs }).delay).toBe(delay);
});

test.each([
  { name: 'probe.run', known: true },
  { name: 'toString', known: false },
  { name: '', known: false },
])('that $name is a job is $known', ({ name, known }) => {
  expect(isJobName(name)).toBe(known);
});
