import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import {
  startFakeAgents,
  startHostileAgents,
  type HostileKind,
  type RunningAgents,
} from '../../support/hostile-agents.ts';
import type { UnderFire } from './under-fire.child.ts';

const MIB = 1024 * 1024;
const ROUNDS = 3;
const running: RunningAgents[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map(agents => agents.stop()));
});

const FIRE: readonly { kind: HostileKind; reason: string }[] = [
  { kind: 'huge body with length', reason: 'too_large' },
  { kind: 'huge body without length', reason: 'too_large' },
  { kind: 'huge body of one-byte chunks', reason: 'bad_response' },
  { kind: 'gzip bomb', reason: 'bad_response' },
  { kind: 'a million objects', reason: 'bad_response' },
  { kind: 'deep json', reason: 'bad_response' },
];

test.each(FIRE)(
  '100 agents with "$kind" at once cost little memory, and healthy ones do not wait',
  async ({ kind, reason }) => {
    const hostile = await startHostileAgents(Array.from({ length: 100 }, () => kind));
    const healthy = await startFakeAgents({ count: 20, ports: 'each' });
    running.push(hostile, healthy);
    const child = fork(fileURLToPath(new URL('./under-fire.child.ts', import.meta.url)), [], {
      // with the young heap that the server is started with
      execArgv: ['--conditions=source', '--max-semi-space-size=4'],
    });
    child.send({ hostile: hostile.urls, healthy: healthy.urls, rounds: ROUNDS });
    const message = once(child, 'message') as Promise<[UnderFire]>;
    const [result] = await Promise.race([
      message,
      once(child, 'exit').then(() => Promise.reject(new Error('it died'))),
    ]);
    expect(result.healthyReasons.filter(found => found !== null)).toEqual([]);
    // Standing in line for memory may use up the time of some; that is the price, and it is named.
    expect(result.hostileReasons.filter(found => found !== reason && found !== 'timeout')).toEqual([]);
    expect(result.hostileReasons).toContain(reason);
    const growthMib = Math.round((result.peakBytes - result.restingBytes) / MIB);
    console.info(`${growthMib} MiB above normal`);
    expect(growthMib).toBeLessThan(64);
  },
);
