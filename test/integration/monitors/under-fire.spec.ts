import { Clock } from '#config';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NetdataMonitor } from '../../../libs/collector/src/monitors/netdata/netdata-monitor.ts';
import { startFakeAgents, startHostileAgents, type HostileKind, type RunningAgents } from '../../support/hostile-agents.ts';
import { machineAt, never } from './machine.ts';

// Vitest runs each file in a process of its own and the agents have theirs: what grows here is the monitor.

const MIB = 1024 * 1024;
const ROUNDS = 3;
const limits = { timeoutMs: 3000, signal: never };
const monitor = new NetdataMonitor(new Clock());
let healthy: RunningAgents;
let restingBytes = 0;

const probe = (url: string, place: number) => monitor.probe(machineAt(url, place), limits);

beforeAll(async () => {
  healthy = await startFakeAgents({ count: 20, ports: 'each' });
  for (let round = 0; round < 20; round++) await Promise.all(healthy.urls.map(probe));
  restingBytes = process.memoryUsage.rss();
});
afterAll(async () => {
  await monitor.close();
  await healthy.stop();
});

const FIRE: readonly { kind: HostileKind; reason: string }[] = [
  { kind: 'huge body with length', reason: 'too_large' },
  { kind: 'huge body without length', reason: 'too_large' },
  { kind: 'huge body of one-byte chunks', reason: 'bad_response' },
  { kind: 'gzip bomb', reason: 'bad_response' },
  { kind: 'a million objects', reason: 'bad_response' },
  { kind: 'deep json', reason: 'bad_response' },
];

test.each(FIRE)('100 agents with "$kind" at once cost little memory, and healthy ones do not wait', async ({ kind, reason }) => {
  const hostile = await startHostileAgents(Array.from({ length: 100 }, () => kind));
  let peakBytes = 0;
  let at: any; let maxe = 0, maxh = 0; const watch = setInterval(() => { const m = process.memoryUsage(); maxe = Math.max(maxe, m.external); maxh = Math.max(maxh, m.heapTotal); if (m.rss > peakBytes) { peakBytes = m.rss; at = m; } }, 5);
  for (let round = 0; round < ROUNDS; round++) {
    const bad = hostile.urls.map((url, place) => probe(url, 1000 + place));
    const good = await Promise.all(healthy.urls.map(probe));
    expect(good.map(result => result.reason)).toEqual(good.map(() => null));
    expect(Math.max(...good.map(result => result.latencyMs))).toBeLessThan(2000);
    const reasons = (await Promise.all(bad)).map(result => result.reason);
    // Standing in line for memory may use up the time of some; that is the price, and it is named.
    expect(reasons.filter(found => found !== reason && found !== 'timeout')).toEqual([]);
    expect(reasons).toContain(reason);
  }
  clearInterval(watch);
  await hostile.stop();
  console.log(kind, Object.entries(at).map(([k, v]) => k + ' ' + Math.round((v as number) / MIB)).join(' '), 'maxext', Math.round(maxe/MIB), 'maxheap', Math.round(maxh/MIB), Math.round(restingBytes/MIB),  (peakBytes - restingBytes) / MIB);
  expect((peakBytes - restingBytes) / MIB).toBeLessThan(6400);
});
