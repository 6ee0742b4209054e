import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Clock, hashOf, parseNetworkFile } from '#config';
import { BUILT_IN_KINDS, createMonitors, SETTLE_MS, type CollectorParts, type MonitorSet } from '#collector';
import { WindowReader } from '../../../libs/collector/src/window-reader.ts';
import { startFakeAgents, type RunningAgents } from '../../support/hostile-agents.ts';
import { databases, waitFor } from '../../support/services.ts';
import { useStorage } from '../storage/fixtures.ts';
import { MemoryLog } from '../jobs/memory-log.ts';
import { MemoryPublisher } from '../mesh/watched-network.ts';
import { never } from './machine.ts';

const NETWORK = 'late';
const WINDOW_S = 60;
/** Of a row of these agents: they have no swap, and one disk. */
const CHARTS = 7;
const NAMES = ['in-time', 'late', 'never', 'gone'] as const;
const [LATE, NEVER, GONE] = [1, 2, 3] as const;

describe.each(databases())('points that come after a window was asked for, on $name', ({ url }) => {
  const opened = useStorage(url);
  let agents: RunningAgents;
  let monitors: MonitorSet;

  beforeAll(async () => {
    agents = await startFakeAgents({ count: NAMES.length, ports: 'each' });
    monitors = createMonitors({ clock: new Clock(), hostSamples: opened.storage.hostSamples, accessOf: () => null });
  });
  afterAll(async () => {
    await monitors.close();
    await agents.stop();
  });

  it('are read when they are there, and what never comes costs no row', async () => {
    const { storage } = opened;
    const lines = NAMES.map((name, at) => `  - { name: ${name}, netdata: "${agents.urls[at]}" }`);
    const text = `network_id: ${NETWORK}\nversion: 1\nmachines:\n${lines.join('\n')}\n`;
    const file = parseNetworkFile(text, 'network.yml', BUILT_IN_KINDS);
    const version = { network: NETWORK, version: 1, expectedVersion: null, text, hash: hashOf(text), services: [] };
    await storage.networks.acceptVersion({ ...version, machines: file.machines, author: 'alice', at: new Date() });
    const parts: CollectorParts = {
      storage,
      monitors,
      publisher: new MemoryPublisher(),
      clock: new Clock(),
      log: new MemoryLog(),
      networks: () => [NETWORK],
      networkFile: () => Promise.resolve(file),
      windowMs: WINDOW_S * 1000,
      paused: () => Promise.resolve(new Set<number>()),
      windowGraceMs: 0,
      observerOf: () => 'observer',
      worker: 'worker',
    };
    const machines = await storage.machines.list(NETWORK);
    const late = { kind: 'a last point that is late', on: 'data' } as const;
    for (const machine of [LATE, NEVER, GONE]) await agents.setFault(machine, late);

    const start = new Date(Math.floor((Date.now() - SETTLE_MS) / 1000 - WINDOW_S) * 1000);
    const reading = new WindowReader(parts).read({ start, lengthMs: WINDOW_S * 1000 }, machines, new Date(), never);
    await waitFor(async () => (await agents.requests())['data'] === NAMES.length * CHARTS);
    await agents.setFault(LATE, null);
    await agents.setFault(GONE, { kind: '401', on: 'everything' });
    await reading;

    const rows = await Promise.all(
      machines.map(({ machineId }) => storage.metricRows.read(machineId, start, new Date())),
    );
    const samplesOf = Object.fromEntries(machines.map(({ name }, at) => [name, rows[at]?.[0]?.metrics.cpu?.samples]));
    const short = WINDOW_S - 1;
    expect(samplesOf).toEqual({ 'in-time': WINDOW_S, late: WINDOW_S, never: short, gone: short });
  });
});
