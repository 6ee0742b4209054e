import { expect, test } from 'vitest';
import { probeRunId, transitionAnnounceId, verdictEvaluateId, windowCollectId } from './job-id.ts';

const probe = { network: 'acme', monitor: 'agents', shard: 3, due: 1_800_000_010, machines: [1] };

test.each([
  {
    id: windowCollectId({ network: 'acme', windowStart: 1_800_000_000, shard: 2, attempt: 1 }),
    is: 'window.collect-acme-1800000000-2-1',
  },
  { id: probeRunId(probe), is: 'probe.run-acme-1800000010-3-agents' },
  {
    id: verdictEvaluateId({ network: 'acme', at: 1_800_000_010 }, 'agents-3-0'),
    is: 'verdict.evaluate-acme-1800000010-agents-3-0',
  },
  { id: transitionAnnounceId(42, 0), is: 'transition.announce-42-0' },
])('an id is its facts: $is', ({ id, is }) => {
  expect(id).toBe(is);
});

test('an id has no colon, whatever the names are', () => {
  expect(probeRunId({ ...probe, network: 'a:b', monitor: 'c:d' })).toBe('probe.run-a%3Ab-1800000010-3-c%3Ad');
});

test('two probes whose names only together read the same have ids of their own', () => {
  const one = probeRunId({ ...probe, network: 'acme-eu', monitor: 'web' });
  const other = probeRunId({ ...probe, network: 'acme', monitor: 'eu-web' });
  expect(one).not.toBe(other);
});
