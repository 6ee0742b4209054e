import { describe, expect, test } from 'vitest';
import { readResult } from './read-result.ts';

const nothing = { reason: null, detail: null, measures: null, latencyMs: null };

describe('a result of a plugin', () => {
  test.each([
    { given: { ok: true }, read: nothing },
    { given: { ok: true, reason: null, detail: null, measures: null, latencyMs: null }, read: nothing },
    { given: { ok: true, detail: ' 21 peers\n' }, read: { ...nothing, detail: '21 peers' } },
    {
      given: { ok: true, measures: { peers: 21, 'load.avg': -0.5 } },
      read: { ...nothing, measures: { peers: 21, 'load.avg': -0.5 } },
    },
    { given: { ok: true, latencyMs: 0.25 }, read: { ...nothing, latencyMs: 0.25 } },
    { given: { ok: false, reason: 'refused' }, read: { ...nothing, reason: 'refused' } },
    {
      given: { ok: false, reason: 'unobserved', detail: 'no key' },
      read: { ...nothing, reason: 'unobserved', detail: 'no key' },
    },
  ])('$given is taken', ({ given, read }) => {
    expect(readResult(given)).toEqual(read);
  });

  test('has a detail of at most 500 characters, without control characters', () => {
    const read = readResult({ ok: true, detail: `a\u0000b${'x'.repeat(1_000)}` });
    expect(read).toMatchObject({ detail: `ab${'x'.repeat(497)}` });
  });

  test.each([
    { given: undefined, problem: 'it gave nothing' },
    { given: null, problem: 'it gave nothing' },
    { given: 42, problem: 'it gave 42, not {' },
    { given: 'up', problem: 'it gave "up", not {' },
    { given: [], problem: 'it gave a list, not {' },
    { given: {}, problem: 'ok: undefined is neither true nor false' },
    { given: { ok: 'yes' }, problem: 'ok: "yes" is neither' },
    { given: { ok: true, measure: {} }, problem: 'did you mean measures?' },
    { given: { ok: true, reason: 'dns' }, problem: 'ok is true and there is a reason, "dns"' },
    { given: { ok: false }, problem: 'reason: null is none of refused, timeout' },
    { given: { ok: false, reason: 'offline' }, problem: 'reason: "offline" is none of' },
    { given: { ok: false, reason: 'tiemout' }, problem: 'did you mean timeout?' },
    { given: { ok: true, detail: 5 }, problem: 'detail: 5 is no text' },
    { given: { ok: true, measures: [1] }, problem: 'measures: a list is no mapping' },
    { given: { ok: true, measures: { peers: 'NaN' } }, problem: 'measures.peers: "NaN" is no number' },
    { given: { ok: true, measures: { peers: null } }, problem: 'measures.peers: null is no number' },
    {
      given: { ok: true, measures: { peers: 1e300 } },
      problem: 'measures.peers: 1e+300 is no number that can be stored',
    },
    { given: { ok: true, measures: { 'a b': 1 } }, problem: 'measures: "a b" is no name' },
    {
      given: { ok: true, measures: JSON.parse('{"__proto__":1}') as object },
      problem: 'measures: "__proto__" is no name',
    },
    { given: { ok: true, latencyMs: -1 }, problem: 'latencyMs: -1 is no number of milliseconds' },
    { given: { ok: true, latencyMs: '3' }, problem: 'latencyMs: "3" is no number of milliseconds' },
  ])('$given is none: $problem', ({ given, problem }) => {
    expect(readResult(given)).toContain(problem);
  });

  test('has at most 100 measures', () => {
    const measures = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`m${index}`, index]));
    expect(readResult({ ok: true, measures })).toBe('measures: has more than 100 entries');
  });
});
