import { expect, test } from 'vitest';
import { Clock, type NetworkFile } from '#config';
import type { JobLog, JobPublisher, JobRequest } from '#jobs';
import type { Storage, StoredMachine } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import type { DeviceHistoryReading, DeviceName, DevicesReading } from './devices.types.ts';
import { DeviceMemoryReader } from './device-memory-reader.ts';
import { DevicesReader } from './devices-reader.ts';
import { MonitorSet } from './monitors/monitor-set.ts';
import type { MetricsMonitor, ReadLimits, SecondsRange } from './monitors/monitor.ts';

const never = new AbortController().signal;
const context = { id: 'test', try: 1, signal: never };
const at = (second: number): Date => new Date(second * 1000);
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
const SILENT: JobLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const ENTRY = { name: 'agents', kind: 'fake', gives: 'metrics', needs: 'netdata', on: [], service: false };
const FILE = { monitors: [ENTRY] } as unknown as NetworkFile;
const MOUNT: DeviceName = { kind: 'mount', name: '/var' };
const DEVICES: DevicesReading = {
  reason: null,
  devices: { mounts: [], interfaces: [{ name: 'eth0', in: 1, out: 2 }] },
};
const HISTORY: DeviceHistoryReading = {
  reason: null,
  history: { from: 100, stepSeconds: 1, measures: {}, since: 50 },
};

const machine = (machineId: number, via: string | null = null, network = 'acme'): StoredMachine =>
  ({
    machineId,
    kind: 'machine',
    name: `m${machineId}`,
    network,
    netdata: 'http://m',
    labels: {},
    via,
  }) as unknown as StoredMachine;

/** A monitor whose reads end when they are told to, unless they are not to wait. */
class FakeMonitor {
  readonly source = 'agent';
  readonly reads: { readonly machineId: number; readonly device?: DeviceName; readonly range?: SecondsRange }[] = [];
  readonly ends: (() => void)[] = [];
  waits = false;
  broken = false;

  async devices({ machineId }: StoredMachine): Promise<DevicesReading> {
    this.reads.push({ machineId });
    await this.end();
    return DEVICES;
  }

  async recallDevice(
    { machineId }: StoredMachine,
    { kind, name }: DeviceName,
    range: SecondsRange,
    _limits: ReadLimits,
  ): Promise<DeviceHistoryReading> {
    this.reads.push({ machineId, device: { kind, name }, range });
    await this.end();
    return HISTORY;
  }

  endAll(): void {
    for (const end of this.ends.splice(0)) end();
  }

  readWindow(): never {
    throw new Error('nobody asks for windows');
  }

  private async end(): Promise<void> {
    if (this.broken) throw new Error('the database is gone');
    if (this.waits) await new Promise<void>(resolve => this.ends.push(resolve));
  }
}

function world(machines: readonly StoredMachine[] = []) {
  const monitor = new FakeMonitor();
  const asked: JobRequest[] = [];
  const nobody = (): Promise<unknown> => Promise.reject(new Error('nobody answers'));
  const owner: { answer: (request: JobRequest) => Promise<unknown> } = { answer: nobody };
  const byIds = (ids: readonly number[]): Promise<StoredMachine[]> =>
    Promise.resolve(machines.filter(({ machineId }) => ids.includes(machineId)));
  const publisher = {
    ask: (request: JobRequest) => {
      asked.push(request);
      return owner.answer(request);
    },
  };
  const parts = {
    storage: { machines: { byIds } } as unknown as Storage,
    publisher: publisher as unknown as JobPublisher,
    monitors: new MonitorSet({ fake: monitor as unknown as MetricsMonitor }),
    clock: new Clock(),
    log: SILENT,
    networkFile: (network: string) => Promise.resolve(network === 'acme' ? FILE : null),
    paused: () => Promise.resolve(new Set<number>()),
    worker: 'here-1',
  } as unknown as CollectorParts;
  return {
    monitor,
    asked,
    owner,
    reader: new DevicesReader(parts, 'here'),
    memory: new DeviceMemoryReader(parts, 'here'),
  };
}

test('twenty who look at a machine at the same time cost one read, and two machines cost two', async () => {
  const { monitor, reader } = world();
  monitor.waits = true;
  const asking = Array.from({ length: 20 }, () => reader.read(machine(1)));
  const other = reader.read(machine(2));
  await settled();
  monitor.endAll();
  const found = await Promise.all(asking);
  expect(new Set(found.map(({ reading }) => reading))).toEqual(new Set([DEVICES]));
  expect((await other).reading).toBe(DEVICES);
  expect(monitor.reads.map(({ machineId }) => machineId)).toEqual([1, 2]);
});

test('the time of a read is told with it', async () => {
  const { reader } = world();
  const before = Date.now();
  const { at: readAt } = await reader.read(machine(1));
  expect(readAt.getTime()).toBeGreaterThanOrEqual(before);
  expect(readAt.getTime()).toBeLessThanOrEqual(Date.now());
});

test('a history is asked of the monitor for whole seconds', async () => {
  const { monitor, memory } = world();
  expect(await memory.read(machine(1), MOUNT, { from: new Date(100_700), to: new Date(103_200) }, never)).toBe(HISTORY);
  expect(monitor.reads).toEqual([{ machineId: 1, device: MOUNT, range: { from: at(100), to: at(104) } }]);
});

test('those who ask for the same of a device share one read, and no others', async () => {
  const { monitor, memory } = world();
  monitor.waits = true;
  const range = { from: at(100), to: at(200) };
  const asking = [
    memory.read(machine(1), MOUNT, range, never),
    memory.read(machine(1), MOUNT, range, never),
    memory.read(machine(1), { kind: 'interface', name: '/var' }, range, never),
    memory.read(machine(2), MOUNT, range, never),
  ];
  await settled();
  monitor.endAll();
  expect(await Promise.all(asking)).toEqual([HISTORY, HISTORY, HISTORY, HISTORY]);
  expect(monitor.reads).toHaveLength(3);
});

test('of one machine no more than two histories are read at once, and who is not waited for is not read', async () => {
  const { monitor, memory } = world();
  monitor.waits = true;
  const leaving = new AbortController();
  const wish = (second: number, signal: AbortSignal) =>
    memory.read(machine(1), MOUNT, { from: at(second), to: at(200) }, signal);
  const asking = [wish(1, never), wish(2, never), wish(3, leaving.signal), wish(4, never)];
  await settled();
  expect(monitor.reads).toHaveLength(2);
  leaving.abort();
  expect(await asking[2]).toMatchObject({ reason: 'unobserved' });
  monitor.waits = false;
  monitor.endAll();
  await Promise.all(asking);
  expect(monitor.reads.map(({ range }) => (range?.from.getTime() ?? 0) / 1000)).toEqual([1, 2, 4]);
});

test.each<[string, StoredMachine, boolean]>([
  ['that no monitor reads', machine(1, null, 'other'), false],
  ['whose monitor breaks', machine(1), true],
  ['whose process does not answer', machine(1, 'there'), false],
])('a machine %s is not observed, and nothing is thrown', async (_what, own, broken) => {
  const { monitor, reader, memory } = world();
  monitor.broken = broken;
  const range = { from: at(100), to: at(200) };
  expect((await reader.read(own)).reading).toEqual({ reason: 'unobserved', detail: expect.any(String) as string });
  expect(await memory.read(own, MOUNT, range, never)).toEqual({
    reason: 'unobserved',
    detail: expect.any(String) as string,
    since: null,
  });
});

test('a machine of another process is asked of that process, which reads it itself', async () => {
  const front = world();
  const back = world([machine(1, 'here')]);
  const handlers = { ...back.reader.handlers(), ...back.memory.handlers() };
  front.owner.answer = request =>
    request.name === 'devices.read'
      ? handlers['devices.read'](request.payload as never, context)
      : handlers['device.recall'](request.payload as never, context);
  const range = { from: at(100), to: at(200) };
  expect((await front.reader.read(machine(1, 'there'))).reading).toEqual(DEVICES);
  expect(await front.memory.read(machine(1, 'there'), MOUNT, range, never)).toEqual(HISTORY);
  expect(front.asked.map(({ via }) => via)).toEqual(['there', 'there']);
  expect(back.monitor.reads).toHaveLength(2);
  expect(front.monitor.reads).toHaveLength(0);
});

test('a job about a machine that is gone is answered', async () => {
  const { reader, memory } = world();
  const handlers = { ...reader.handlers(), ...memory.handlers() };
  expect(await handlers['devices.read']({ machine: 9 }, context)).toMatchObject({ reading: { reason: 'unobserved' } });
  const query = { machine: 9, ...MOUNT, from: 1, to: 2 };
  expect(await handlers['device.recall'](query, context)).toMatchObject({ reading: { reason: 'unobserved' } });
});
