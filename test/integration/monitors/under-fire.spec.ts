import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { startFakeAgents, startHostileAgents, type HostileKind, type RunningAgents } from '../../support/hostile-agents.ts';
import type { UnderFire } from './under-fire.ts';

const MIB = 1024 * 1024;
const running: RunningAgents[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map(agents => agents.stop()));
});

const FIRE = [
  { kind: 'huge body without length', reasons: ['too_large', 'timeout'] },
  { kind: 'huge body of one-byte chunks', reasons: ['too_large', 'timeout'] },
  { kind: 'a million objects', reasons: ['bad_response', 'timeout'] },
  { kind: 'deep json', reasons: ['bad_response', 'timeout'] },
] as const satisfies readonly { kind: HostileKind; reasons: readonly string[] }[];

test.each(FIRE)('100 agents with "$kind" at once cost little memory, and healthy ones do not wait', async ({ kind, reasons }) => {
  const hostile = await startHostileAgents(Array.from({ length: 100 }, () => kind));
  const healthy = await startFakeAgents({ count: 20, ports: 'each' });
  running.push(hostile, healthy);
  const child = fork(fileURLToPath(new URL('./under-fire.ts', import.meta.url)), [], { execArgv: ['--conditions=source'] });
  child.send({ hostile: hostile.urls, healthy: healthy.urls, rounds: 3 });
  const [result] = (await once(child, 'message')) as [UnderFire];
  const grownMib = (result.peakBytes - result.beforeBytes) / MIB;
  console.log(`${kind}: grew by ${grownMib.toFixed(1)} MiB; slowest healthy ${Math.max(...result.healthyMs).toFixed(0)} ms; hostile ${JSON.stringify(Object.groupBy(result.hostileReasons, r => String(r))).length}`);
  expect(result.hostileReasons.filter(reason => !(reasons as readonly (string | null)[]).includes(reason))).toEqual([]);
  expect(grownMib).toBeLessThan(64);
  expect(Math.max(...result.healthyMs)).toBeLessThan(1500);
});
