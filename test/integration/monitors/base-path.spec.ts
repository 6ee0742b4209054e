import { Clock } from '#config';
import { afterEach, expect, test, vi } from 'vitest';
import { NetdataMonitor } from '../../../libs/collector/src/monitors/netdata/netdata-monitor.ts';
import { RECORDED_WINDOW, recordedReply } from '../../support/agents/recorded-answers.ts';
import { startReplay, type Reply, type ReplayServer } from '../../support/agents/replay-server.ts';
import { machineAt, never } from './machine.ts';

const limits = { timeoutMs: 2000, signal: never };
const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of running.splice(0)) await part.close();
});

/** An agent that is found below a path only; elsewhere is what a parent says of a machine that it does not know. */
async function agentBelow(path: string): Promise<{ agent: ReplayServer; monitor: NetdataMonitor }> {
  const agent = await startReplay((url): Reply => {
    if (!url.pathname.startsWith(`${path}/api/`))
      return { status: 404, body: 'This netdata does not maintain a database for host: somebody' };
    const own = new URL(url);
    own.pathname = url.pathname.slice(path.length);
    return recordedReply('v2', own);
  });
  const monitor = new NetdataMonitor({ clock: new Clock(), accessOf: () => null });
  running.push(monitor, agent);
  return { agent, monitor };
}

test.each(['', '/host/db-1', '/netdata/eu', '/a/host/web%201'])(
  'an agent below "%s" is asked there for its values, for itself, its step and its windows',
  async path => {
    const { agent, monitor } = await agentBelow(path);
    const machine = machineAt(agent.url + path);
    const facts = await vi.waitUntil(async () => (await monitor.probe(machine, limits)).facts, { timeout: 3000 });
    expect(facts?.version).toBe('v2.11.0');
    expect(await monitor.live(machine, limits)).toMatchObject({ load1: 3.91 });
    const reading = await monitor.readWindow(machine, RECORDED_WINDOW, limits);
    expect(reading).toMatchObject({ reason: null, metrics: { cpu: { samples: 600 } } });
    const asked = new Set(agent.requests.map(request => request.replace(/\?.*/, '')));
    const expected = ['allmetrics', 'chart', 'data', 'info'].map(command => `${path}/api/v1/${command}`);
    expect([...asked].toSorted()).toEqual(expected);
  },
);

test('a machine that the parent does not know has no data, and its neighbour has', async () => {
  const { agent, monitor } = await agentBelow('/host/db-1');
  const unknown = await monitor.probe(machineAt(`${agent.url}/host/db-2`, 2), limits);
  expect(unknown).toMatchObject({
    reason: 'no_data',
    detail: expect.stringMatching(/no machine of that name.*streams to it/),
  });
  expect((await monitor.probe(machineAt(`${agent.url}/host/db-1`, 1), limits)).reason).toBeNull();
});

test.each([
  ['/host/db-1', true],
  ['/proxy', false],
])('values that stand still below "%s": that it is read at a parent is told: %s', async (path, told) => {
  const later = new Date((1_795_172_765 + 600) * 1000).toUTCString();
  const agent = await startReplay(url => {
    const own = new URL(url);
    own.pathname = url.pathname.slice(path.length);
    return { ...recordedReply('v1', own), headers: { date: later } };
  });
  const monitor = new NetdataMonitor({ clock: new Clock(), accessOf: () => null });
  running.push(monitor, agent);
  const probe = await monitor.probe(machineAt(agent.url + path), limits);
  expect(probe.reason).toBe('stale');
  expect(probe.detail?.includes('does it still stream there?')).toBe(told);
});
