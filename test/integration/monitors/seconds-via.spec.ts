import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Clock, hashOf, parseNetworkFile } from '#config';
import { BUILT_IN_KINDS, createMonitors, SecondsReader, type CollectorParts } from '#collector';
import { WorkerHost, type JobMap } from '#jobs';
import type { StoredMachine } from '#storage';
import { startFakeAgents, truthOf, type RunningAgents } from '../../support/hostile-agents.ts';
import { databases } from '../../support/services.ts';
import { backends, type QueueRoom } from '../jobs/backends.ts';
import { MemoryLog } from '../jobs/memory-log.ts';
import { useStorage } from '../storage/fixtures.ts';
import { never } from './machine.ts';

const NETWORK = 'acme';
const TEXT = (url: string): string => `network_id: ${NETWORK}
version: 1
machines:
  - { name: near, netdata: "${url}" }
  - { name: there, netdata: "${url}", via: "back-1" }
  - { name: silent, netdata: "http://127.0.0.1:1", via: "back-1" }
  - { name: nowhere, netdata: "${url}", via: gone }
`;
const START = Math.floor(Date.now() / 1000) - 1200;
const at = (second: number): Date => new Date(second * 1000);
/** Of a row of this agent: it has no swap, and one disk. */
const CHARTS = 7;

describe.each(backends)('seconds of machines that another process owns, asked through $server', ({ createRoom }) => {
  const opened = useStorage(databases()[0]?.url ?? '');
  let agents: RunningAgents;
  let room: QueueRoom;
  let worker: WorkerHost;
  let front: SecondsReader;
  let back: SecondsReader;
  let machines: ReadonlyMap<string, StoredMachine>;
  const closers: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    agents = await startFakeAgents({ count: 1 });
    const text = TEXT(agents.urls[0] ?? '');
    const file = parseNetworkFile(text, 'network.yml', BUILT_IN_KINDS);
    const version = { network: NETWORK, version: 1, expectedVersion: null, text, hash: hashOf(text), services: [] };
    await opened.storage.networks.acceptVersion({
      ...version,
      machines: file.machines,
      author: 'alice',
      at: new Date(),
    });
    machines = new Map((await opened.storage.machines.list(NETWORK)).map(machine => [machine.name, machine]));
    room = await createRoom();
    /** What one process has of its own. */
    const partsOf = async (label: string): Promise<CollectorParts> => {
      const queues = await room.open();
      const monitors = createMonitors({
        clock: new Clock(),
        hostSamples: opened.storage.hostSamples,
        accessOf: () => null,
      });
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
    front = new SecondsReader(await partsOf('front'), 'front');
    back = new SecondsReader(await partsOf('back'), 'back-1');
    worker = new WorkerHost(await room.open(), back.handlers(), { label: 'back-1', log: new MemoryLog() });
    await worker.start();
  });
  afterAll(async () => {
    await worker?.stop(5_000);
    await Promise.all(closers.map(close => close()));
    await room?.close();
    await agents?.stop();
  });

  const machine = (name: string): StoredMachine => machines.get(name)!;
  const chartsRead = async (): Promise<number> => (await agents.requests())['data'] ?? 0;

  it('are those that the process itself reads, value by value', async () => {
    const asked = await front.read(machine('there'), at(START), at(START + 600), never);
    const own = await front.read(machine('near'), at(START), at(START + 600), never);
    expect(asked).toEqual(own);
    const cpu = Array.from({ length: 600 }, (_, place) => {
      const { user, system, iowait } = truthOf(0, START + 1 + place);
      return user + system + iowait;
    });
    expect(asked?.metrics.cpu).toEqual(cpu);
  });

  it('of two hours fit into an answer', async () => {
    const columns = await front.read(machine('there'), at(START - 7200), at(START), never);
    expect(columns?.metrics.uptime).toHaveLength(7200);
  });

  it('are read once for all who ask, here and there', async () => {
    const before = await chartsRead();
    const readers = [front, back, front, back, front, back];
    const columns = await Promise.all(
      readers.map(reader => reader.read(machine('there'), at(START), at(START + 60), never)),
    );
    expect(columns[0]?.metrics.cpu).toHaveLength(60);
    for (const each of columns) expect(each).toEqual(columns[0]);
    expect((await chartsRead()) - before).toBe(CHARTS);
  });

  it.each(['silent', 'nowhere'])('are none when there is nobody to tell them: %s', async name => {
    expect(await front.read(machine(name), at(START), at(START + 60), never)).toBeNull();
  });

  it('are none when another process asks for more than there may be, or for a machine that is unknown', async () => {
    const queues = await room.open();
    const ask = (id: string, payload: JobMap['seconds.read']) =>
      queues.ask({ name: 'seconds.read', id, payload, via: 'back-1' }, 5_000);
    const { machineId } = machine('there');
    const tooLong = await ask('seconds.read-test-1', { machine: machineId, from: START - 7201, to: START });
    const unknown = await ask('seconds.read-test-2', { machine: 99_999, from: START, to: START + 1 });
    expect([tooLong, unknown]).toEqual([{ seconds: null }, { seconds: null }]);
  });
});
