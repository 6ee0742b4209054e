import { describe, expect, test } from 'vitest';
import type { JobMap, JobName } from './job-map.ts';
import { parsePayload } from './payloads.ts';

const good: { readonly [N in JobName]: JobMap[N] } = {
  'window.plan': { tick: 1_800_000_000 },
  'window.collect': { network: 'acme', windowStart: 1_800_000_000, shard: 0, attempt: 1 },
  'probe.plan': { tick: 0 },
  'probe.run': { network: 'acme', monitor: 'agents', shard: 0, due: 1_800_000_000, machines: [1, 2] },
  'verdict.evaluate': { network: 'acme', machines: [], at: 1_800_000_000 },
  'transition.announce': { sequence: 7 },
  'live.read': { machines: [3] },
  'window.backfill': { network: 'acme', machine: 3, attempt: 1 },
  'rollup.run': { at: 1_800_000_000 },
  'seconds.read': { machine: 3, from: 1_800_000_000, to: 1_800_000_060 },
  'devices.read': { machine: 3 },
  'device.recall': { machine: 3, kind: 'mount', name: '/var', from: 1_800_000_000, to: 1_800_000_060 },
  'agent.test': { netdata: 'http://10.0.0.11:19999', auth: '' },
  'storage.maintain': { tick: 1 },
};
const cases = (Object.keys(good) as JobName[]).map(name => ({ name, payload: good[name] }));

describe.each(cases)('the payload of $name', ({ name, payload }) => {
  test('is returned as it is, without what it does not know', () => {
    expect(parsePayload(name, { ...payload, later: 'version' })).toEqual(payload);
  });

  test.each(Object.keys(payload))('is refused without its %s', property => {
    const { [property]: _left, ...rest } = payload as Record<string, unknown>;
    expect(() => parsePayload(name, rest)).toThrow(
      expect.objectContaining({ code: 'JOB_PAYLOAD_INVALID', retryable: false }),
    );
  });
});

test.each([
  { what: 'null', data: null },
  { what: 'nothing', data: undefined },
  { what: 'a string', data: 'sequence' },
  { what: 'an array', data: [{ sequence: 1 }] },
  { what: 'a number as text', data: { sequence: '1' } },
  { what: 'a broken number', data: { sequence: 1.5 } },
  { what: 'a negative number', data: { sequence: -1 } },
  { what: 'a prototype of its own', data: JSON.parse('{"__proto__": {"sequence": 1}}') as unknown },
])('$what is no payload', ({ data }) => {
  expect(() => parsePayload('transition.announce', data)).toThrow(/transition\.announce/);
});

test.each([
  { what: 'no list', machines: 1 },
  { what: 'a list of names', machines: ['db-1'] },
  { what: 'a list without an end', machines: Array.from({ length: 10_001 }, (_, index) => index) },
])('machines that are $what are refused', ({ machines }) => {
  expect(() => parsePayload('live.read', { machines })).toThrow(/machines/);
});

test('every problem is named at once', () => {
  expect(() => parsePayload('window.collect', { network: '', windowStart: 'now', shard: 0, attempt: 1 })).toThrow(
    /network.*windowStart/,
  );
});
