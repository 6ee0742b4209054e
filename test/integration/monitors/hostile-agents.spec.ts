import { Clock, type Reason } from '#config';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NetdataMonitor } from '../../../libs/collector/src/monitors/netdata/netdata-monitor.ts';
import { startHostileAgents, type HostileKind, type RunningAgents } from '../../support/hostile-agents.ts';
import { machineAt, never } from './machine.ts';

/** What a probe says, and what reading a window says when only the window's data are spoilt. */
const EXPECTED: Readonly<Record<HostileKind, readonly [probe: Reason | null, window: Reason | null]>> = {
  'huge body with length': ['too_large', 'too_large'],
  'huge body without length': ['too_large', 'too_large'],
  'huge body of one-byte chunks': ['bad_response', 'bad_response'],
  'gzip bomb': ['bad_response', 'bad_response'],
  'a byte every 200 ms': ['timeout', 'timeout'],
  redirect: ['bad_response', 'bad_response'],
  garbage: ['bad_response', 'bad_response'],
  'empty body': ['bad_response', 'bad_response'],
  'empty object': ['no_data', 'bad_response'],
  'cut json': ['bad_response', 'bad_response'],
  'cut body': ['reset', 'reset'],
  'NaN for numbers': ['bad_response', 'bad_response'],
  'strings for numbers': ['bad_response', 'bad_response'],
  'objects for numbers': ['bad_response', 'bad_response'],
  '1e308 for numbers': ['bad_response', 'bad_response'],
  '1e999 for numbers': ['bad_response', 'bad_response'],
  'deep json': ['bad_response', 'bad_response'],
  'a million objects': ['bad_response', 'bad_response'],
  'an array': ['bad_response', 'bad_response'],
  null: ['bad_response', 'bad_response'],
  'charts of the wrong shape': ['bad_response', 'bad_response'],
  'wrong window': [null, 'bad_response'],
  'points outside of the window': [null, 'bad_response'],
  'a last point that is late': [null, null],
  'not http': ['bad_response', 'bad_response'],
  'header overflow': ['too_large', 'too_large'],
  silence: ['timeout', 'timeout'],
  'reset after bytes': ['reset', 'reset'],
  'closed without a byte': ['denied', 'denied'],
  '401': ['denied', 'denied'],
  '403': ['denied', 'denied'],
  '404': ['bad_response', 'bad_response'],
  '404 no metrics': ['no_data', 'no_data'],
  '412': ['denied', 'denied'],
  '451': ['denied', 'denied'],
  '500': ['bad_response', 'bad_response'],
  '503': ['no_data', 'no_data'],
  'stale values': ['stale', 'no_data'],
};
const kinds = Object.keys(EXPECTED) as HostileKind[];
const limits = { timeoutMs: 1500, signal: never };
const window = { start: new Date(Math.floor(Date.now() / 60_000) * 60_000 - 120_000), lengthMs: 60_000 };

describe.each(['everything', 'data'] as const)('agents that spoil %s', spoilt => {
  const monitor = new NetdataMonitor({ clock: new Clock(), accessOf: () => null });
  let agents: RunningAgents;

  beforeAll(async () => {
    agents = await startHostileAgents(kinds, spoilt);
  });
  afterAll(async () => {
    await monitor.close();
    await agents.stop();
  });

  test.each(kinds.map((kind, place) => ({ kind, place })))('$kind ends in its reason, within its time', async agent => {
    const machine = machineAt(agents.urls[agent.place] ?? '', agent.place + 1);
    const [ofProbe, ofWindow] = EXPECTED[agent.kind];
    const startedAt = performance.now();
    const probe = await monitor.probe(machine, limits);
    const reading = await monitor.readWindow(machine, window, limits);
    const found = { probe: probe.reason, window: reading.reason, said: probe.reason === null || probe.values === null };
    const whole = ofProbe === null || ofProbe === 'stale' ? ofWindow : ofProbe;
    expect(found).toEqual({
      probe: spoilt === 'data' ? null : ofProbe,
      window: spoilt === 'data' ? ofWindow : whole,
      said: true,
    });
    // Each of the two is over when its time is; the rest is for a busy machine.
    expect(performance.now() - startedAt).toBeLessThan(4 * limits.timeoutMs);
  });
});
