import { expect, test } from 'vitest';
import { AppError, type NetworkFile } from '#config';
import type { JobLog, JobPublisher, JobRequest } from '#jobs';
import type { Storage, StoredMachine } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import { MonitorSet } from './monitors/monitor-set.ts';
import type { MetricsMonitor, ReadLimits, SecondsRange, SecondsReading } from './monitors/monitor.ts';
import { SecondsReader } from './seconds-reader.ts';
import type { SecondColumns } from './seconds-reader.types.ts';

const never = new AbortController().signal;
const context = { id: 'test', try: 1, signal: never };
const at = (second: number): Date => new Date(second * 1000);
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
const SILENT: JobLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const ENTRY = { name: 'agents', kind: 'fake', gives: 'metrics', needs: 'netdata', on: [], service: false };
const FILE = { monitors: [ENTRY] } as unknown as NetworkFile;

const machine = (machineId: number, via: string | null = null): StoredMachine =>
  ({
    machineId,
    kind: 'machine',
    name: `m${machineId}`,
    network: 'acme',
    netdata: 'http://m',
    labels: {},
    via,
  }) as unknown as StoredMachine;

const columnsOf = ({ from, to }: SecondsRange): SecondColumns => {
  const [first, last] = [from.getTime() / 1000, to.getTime() / 1000];
  return { from, metrics: { cpu: Array.from({ length: last - first }, (_, place) => first + place) } };
};

/** A monitor whose reads end when they are told to, unless they are not to wait. */
class FakeMonitor {
  readonly source = 'agent';
  readonly reads: { readonly machineId: number; readonly range: SecondsRange; readonly signal: AbortSignal }[] = [];
  readonly ends: (() => void)[] = [];
  waits = false;
  answer: (range: SecondsRange) => SecondsReading = range => ({ reason: null, seconds: columnsOf(range) });

  async readSeconds(
    { machineId }: StoredMachine,
    range: SecondsRange,
    { signal }: ReadLimits,
  ): Promise<SecondsReading> {
    this.reads.push({ machineId, range, signal });
    if (this.waits) await new Promise<void>(resolve => this.ends.push(resolve));
    return this.answer(range);
  }

  endAll(): void {
    for (const end of this.ends.splice(0)) end();
  }

  readWindow(): never {
    throw new Error('nobody asks for windows');
  }
}

/** Jobs that are asked for, and what is answered to each. */
class FakePublisher {
  readonly asked: JobRequest[] = [];
  answer: (request: JobRequest<'seconds.read'>) => Promise<unknown> = () => Promise.reject(new Error('nobody answers'));

  ask(request: JobRequest): Promise<unknown> {
    this.asked.push(request);
    return this.answer(request as JobRequest<'seconds.read'>);
  }
}

function world(machines: readonly StoredMachine[] = []) {
  const [monitor, publisher] = [new FakeMonitor(), new FakePublisher()];
  const byIds = (ids: readonly number[]): Promise<StoredMachine[]> =>
    Promise.resolve(machines.filter(({ machineId }) => ids.includes(machineId)));
  const parts = {
    storage: { machines: { byIds } } as unknown as Storage,
    publisher: publisher as unknown as JobPublisher,
    monitors: new MonitorSet({ fake: monitor as unknown as MetricsMonitor }),
    log: SILENT,
    networkFile: (network: string) => Promise.resolve(network === 'acme' ? FILE : null),
    paused: () => Promise.resolve(new Set<number>()),
    worker: 'here-1',
  } as unknown as CollectorParts;
  return { monitor, publisher, reader: new SecondsReader(parts, 'here') };
}

test('seconds are those of the monitor, for whole seconds', async () => {
  const { monitor, reader } = world();
  const columns = await reader.read(machine(1), new Date(100_700), new Date(103_200), never);
  expect(columns).toEqual({ from: at(100), metrics: { cpu: [100, 101, 102] } });
  expect(monitor.reads.map(({ range }) => range)).toEqual([{ from: at(100), to: at(103) }]);
});

test.each([
  ['two hours and a second', at(100), at(7301)],
  ['an empty range', at(100), at(100)],
  ['a reversed range', at(200), at(100)],
  ['no time', new Date(Number.NaN), at(100)],
])('%s cannot be read, and nobody is asked', async (_, from, to) => {
  const { monitor, publisher, reader } = world();
  expect(await reader.read(machine(1), from, to, never)).toBeNull();
  expect(await reader.read(machine(1, 'there'), from, to, never)).toBeNull();
  expect([monitor.reads, publisher.asked]).toEqual([[], []]);
});

test('many who ask for the same seconds of a machine cost one read, and so do those who ask soon after', async () => {
  const { monitor, reader } = world();
  monitor.waits = true;
  const asking = Array.from({ length: 20 }, () => reader.read(machine(1), at(100), at(160), never));
  await settled();
  monitor.endAll();
  const [first, ...others] = await Promise.all(asking);
  expect(others.every(other => other === first)).toBe(true);
  expect(await reader.read(machine(1), at(100), at(160), never)).toBe(first);
  expect(monitor.reads).toHaveLength(1);
});

test('other seconds and other machines are read by themselves', async () => {
  const { monitor, reader } = world();
  await reader.read(machine(1), at(100), at(160), never);
  await reader.read(machine(1), at(101), at(160), never);
  await reader.read(machine(1), at(100), at(161), never);
  await reader.read(machine(2), at(100), at(160), never);
  expect(monitor.reads).toHaveLength(4);
});

test('who goes away gets nothing at once, and ends the read when he was the only one', async () => {
  const { monitor, reader } = world();
  monitor.waits = true;
  const leaving = new AbortController();
  const asking = reader.read(machine(1), at(100), at(160), leaving.signal);
  await settled();
  leaving.abort();
  expect(await asking).toBeNull();
  expect(monitor.reads[0]?.signal.aborted).toBe(true);
});

test('a monitor that never ends is waited for no longer than a page waits', async () => {
  const { monitor, reader } = world();
  monitor.waits = true;
  expect(await reader.read(machine(1), at(100), at(160), never)).toBeNull();
  expect(monitor.reads[0]?.signal.aborted).toBe(true);
});

test.each([
  ['a machine that gives a reason', (): SecondsReading => ({ reason: 'timeout', detail: 'too late' })],
  [
    'a monitor that throws',
    (): SecondsReading => {
      throw new Error('broken');
    },
  ],
])('%s has no seconds, and is asked again the next time', async (_, answer) => {
  const { monitor, reader } = world();
  monitor.answer = answer;
  expect(await reader.read(machine(1), at(100), at(160), never)).toBeNull();
  expect(await reader.read(machine(1), at(100), at(160), never)).toBeNull();
  expect(monitor.reads).toHaveLength(2);
});

test('a machine that nothing in the network file watches has none', async () => {
  const { reader } = world();
  expect(await reader.read({ ...machine(1), network: 'other' }, at(100), at(160), never)).toBeNull();
  expect(await reader.read({ ...machine(1), netdata: null }, at(100), at(160), never)).toBeNull();
});

test('a few machines are read at once; when too many wait already, one more is told at once that it cannot be', async () => {
  const { monitor, reader } = world();
  monitor.waits = true;
  const leaving = new AbortController();
  const asking = Array.from({ length: 64 }, (_, id) => reader.read(machine(id), at(100), at(160), leaving.signal));
  await settled();
  expect(monitor.reads).toHaveLength(6);
  expect(await reader.read(machine(99), at(100), at(160), never)).toBeNull();
  const joined = reader.read(machine(0), at(100), at(160), never);
  monitor.endAll();
  expect((await joined)?.metrics.cpu).toHaveLength(60);
  leaving.abort();
  await Promise.all(asking);
});

test('a machine of another process is asked for there, once for all who ask', async () => {
  const { monitor, publisher, reader } = world();
  publisher.answer = () => Promise.resolve({ seconds: { cpu: [1, null, 3] } });
  const asking = [1, 2].map(() => reader.read(machine(7, 'there'), at(100), at(160), never));
  expect(await Promise.all(asking)).toEqual(Array(2).fill({ from: at(100), metrics: { cpu: [1, null, 3] } }));
  const { name, payload, via, id } = publisher.asked[0] ?? {};
  expect({ name, payload, via }).toEqual({
    name: 'seconds.read',
    payload: { machine: 7, from: 100, to: 160 },
    via: 'there',
  });
  expect([publisher.asked.length, monitor.reads.length]).toEqual([1, 0]);
  await reader.read(machine(7, 'there'), at(100), at(170), never);
  expect(publisher.asked[1]?.id).not.toBe(id);
});

test.each([
  ['has none', () => Promise.resolve({ seconds: null })],
  ['does not answer', () => Promise.reject(new AppError('JOB_TIMEOUT', 'no answer', { retryable: true }))],
])('a machine whose process %s has no seconds', async (_, answer) => {
  const { publisher, reader } = world();
  publisher.answer = answer;
  expect(await reader.read(machine(7, 'there'), at(100), at(160), never)).toBeNull();
});

test('the process that owns a machine reads it itself, and shares that with who asks there', async () => {
  const { monitor, publisher, reader } = world([machine(7, 'here')]);
  const answer = reader.handlers()['seconds.read'];
  expect(await answer({ machine: 7, from: 100, to: 102 }, context)).toEqual({ seconds: { cpu: [100, 101] } });
  await reader.read(machine(7, 'here'), at(100), at(102), never);
  expect([monitor.reads.length, publisher.asked.length]).toEqual([1, 0]);
});

test('a machine that was given to another process meanwhile is not sent around', async () => {
  const { publisher, reader } = world([machine(7, 'elsewhere')]);
  const answer = reader.handlers()['seconds.read'];
  expect(await answer({ machine: 7, from: 100, to: 102 }, context)).toEqual({ seconds: { cpu: [100, 101] } });
  expect(publisher.asked).toEqual([]);
});

test.each([
  ['nobody knows', { machine: 8, from: 100, to: 102 }],
  ['is asked for too much', { machine: 7, from: 100, to: 7301 }],
  ['is asked for nothing', { machine: 7, from: 100, to: 100 }],
])('a machine that %s has no seconds for another process', async (_, payload) => {
  const { monitor, reader } = world([machine(7)]);
  expect(await reader.handlers()['seconds.read'](payload, context)).toEqual({ seconds: null });
  expect(monitor.reads).toEqual([]);
});
