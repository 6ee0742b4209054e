import { Clock } from '#config';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NetdataMonitor } from '../../../libs/collector/src/monitors/netdata/netdata-monitor.ts';
import { recorded, recordedReply } from '../../support/agents/recorded-answers.ts';
import { startReplay, type ReplayServer } from '../../support/agents/replay-server.ts';
import { machineAt, never } from '../monitors/machine.ts';

const limits = { timeoutMs: 3_000, signal: never };
const chart = (more: object): string => JSON.stringify({ id: 'system.ram', update_every: 1, ...more });

/** What an agent answers about its memory, of which the recorded agents were not asked. */
const MEMORY: Readonly<Record<string, { readonly status?: number; readonly body: string }>> = {
  'has no such chart': { status: 404, body: 'Chart is not found: system.ram' },
  'knows it for longer': { body: chart({ first_entry: 1_795_172_000 }) },
  'knows it for shorter': { body: chart({ first_entry: 1_795_172_700 }) },
  'does not say since when': { body: chart({ first_entry: 'yesterday' }) },
  'is busy': { status: 503, body: 'starting' },
};

describe.each([
  ['v1', 1_795_172_141],
  ['v2', 1_795_172_623],
] as const)('the time from which on an agent knows anything, %s', (version, cpuSince) => {
  const monitor = new NetdataMonitor({ clock: new Clock(), accessOf: () => null });
  let agent: ReplayServer;
  let memory = '';

  beforeAll(async () => {
    agent = await startReplay(url =>
      url.searchParams.get('chart') === 'system.ram' ? MEMORY[memory]! : recordedReply(version, url),
    );
  });
  afterAll(async () => {
    await monitor.close();
    await agent.close();
  });

  const second = (stamp: number): Date => new Date((stamp - 1) * 1000);

  test('is what it says of its charts', () => {
    expect(String(recorded(version, 'chart.system.cpu'))).toMatch(new RegExp(`"first_entry": ?${cpuSince}`));
  });

  test.each([
    ['has no such chart', second(cpuSince)],
    ['knows it for longer', second(1_795_172_000)],
    ['knows it for shorter', second(cpuSince)],
    ['does not say since when', null],
    ['is busy', null],
  ])('is the second before its first point of CPU or memory; when it %s', async (what, since) => {
    memory = what;
    expect(await monitor.knowsSince(machineAt(agent.url), limits)).toEqual(since);
  });
});
