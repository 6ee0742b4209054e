import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Clock, hashOf, parseNetworkFile } from '#config';
import { BUILT_IN_KINDS, createMonitors, DeviceMemoryReader, DevicesReader, type CollectorParts } from '#collector';
import { WorkerHost } from '#jobs';
import type { StoredMachine } from '#storage';
import { startRememberingAgent } from '../../support/agents/remembering-agent.ts';
import { startReplay, type ReplayServer } from '../../support/agents/replay-server.ts';
import { databases } from '../../support/services.ts';
import { backends, type QueueRoom } from '../jobs/backends.ts';
import { MemoryLog } from '../jobs/memory-log.ts';
import { useStorage } from '../storage/fixtures.ts';
import { never } from './machine.ts';

const NETWORK = 'acme';
const textOf = (url: string, mute: string): string => `network_id: ${NETWORK}
version: 1
machines:
  - { name: near, netdata: "${url}" }
  - { name: there, netdata: "${url}", via: "back-1" }
  - { name: silent, netdata: "http://127.0.0.1:1", via: "back-1" }
  - { name: mute, netdata: "${mute}" }
  - { name: mute-there, netdata: "${mute}", via: "back-1" }
  - { name: nowhere, netdata: "${url}", via: gone }
`;

describe.each(backends)('devices of machines that another process owns, asked through $server', ({ createRoom }) => {
  const opened = useStorage(databases()[0]?.url ?? '');
  const begin = Math.floor(Date.now() / 1000) - 3600;
  let agent: ReplayServer;
  let mute: ReplayServer;
  let room: QueueRoom;
  let worker: WorkerHost;
  let front: DevicesReader;
  let memory: DeviceMemoryReader;
  let machines: ReadonlyMap<string, StoredMachine>;
  const closers: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    agent = await startRememberingAgent({ since: [begin, begin, begin] });
    mute = await startReplay(() => 'silence');
    const text = textOf(agent.url, mute.url);
    const file = parseNetworkFile(text, 'network.yml', BUILT_IN_KINDS);
    const version = { network: NETWORK, version: 1, expectedVersion: null, text, hash: hashOf(text), services: [] };
    const accepted = { ...version, machines: file.machines, author: 'alice', at: new Date() };
    await opened.storage.networks.acceptVersion(accepted);
    machines = new Map((await opened.storage.machines.list(NETWORK)).map(machine => [machine.name, machine]));
    room = await createRoom();
    /** What one process has of its own. */
    const partsOf = async (label: string): Promise<CollectorParts> => {
      const queues = await room.open();
      const { hostSamples } = opened.storage;
      const monitors = createMonitors({ clock: new Clock(), hostSamples, accessOf: () => null });
      closers.push(() => monitors.close());
      return {
        storage: opened.storage,
        monitors,
        publisher: queues,
        clock: new Clock(),
        log: new MemoryLog(),
        networks: () => [NETWORK],
        networkFile: () => Promise.resolve(file),
        windowMs: 600_000,
        paused: () => Promise.resolve(new Set<number>()),
        windowGraceMs: 0,
        observerOf: () => 'observer',
        worker: label,
      };
    };
    const [here, there] = [await partsOf('front-1'), await partsOf('back-1')];
    front = new DevicesReader(here, 'front-1');
    memory = new DeviceMemoryReader(here, 'front-1');
    const handlers = {
      ...new DevicesReader(there, 'back-1').handlers(),
      ...new DeviceMemoryReader(there, 'back-1').handlers(),
    };
    worker = new WorkerHost(await room.open(), handlers, { label: 'back-1', log: new MemoryLog() });
    await worker.start();
  });
  afterAll(async () => {
    await worker?.stop(1_000);
    for (const close of closers) await close();
    await room?.close();
    await agent?.close();
    await mute?.close();
  });

  const machine = (name: string): StoredMachine => {
    const found = machines.get(name);
    if (found === undefined) throw new Error(`no machine ${name}`);
    return found;
  };
  const range = () => ({ from: new Date(Date.now() - 600_000), to: new Date() });
  const history = (name: string) => memory.read(machine(name), { kind: 'mount', name: '/var/lib' }, range(), never);

  it('are told as if they were its own', async () => {
    const [near, there] = [await front.read(machine('near')), await front.read(machine('there'))];
    expect(there.reading.reason).toBeNull();
    const namesOf = ({ reading }: typeof near): unknown =>
      reading.reason === null && [reading.devices.mounts.length, reading.devices.interfaces.map(({ name }) => name)];
    expect(namesOf(there)).toEqual(namesOf(near));
  });

  it('and so is what they remember', async () => {
    const there = await history('there');
    if (there.reason !== null) throw new Error(there.detail);
    expect(there.history.stepSeconds).toBe(1);
    expect(there.history.since).toBe(begin - 1);
    expect(there.history.measures['usedBytes']?.avg).not.toContain(null);
  });

  it('that do not answer are told with their own reason', async () => {
    expect((await front.read(machine('silent'))).reading).toMatchObject({ reason: 'refused' });
    expect(await history('silent')).toMatchObject({ reason: 'refused', since: null });
  });

  it.each(['mute', 'mute-there'])('of an agent that never answers are told so, here and there: %s', async name => {
    expect((await front.read(machine(name))).reading).toMatchObject({ reason: 'timeout' });
    expect(await history(name)).toMatchObject({ reason: 'timeout', since: null });
  });

  it('whose process is gone are not observed, in two seconds', async () => {
    const { reading } = await front.read(machine('nowhere'));
    expect(reading).toMatchObject({ reason: 'unobserved', detail: expect.stringContaining('process') as string });
  });
});
