import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Principal } from '#auth';
import { Clock } from '#config';
import type { MachineKind, OutboxEntry, Storage } from '#storage';
import { ServerInfo } from '../../server-info.ts';
import { MachineLookup } from '../machines/machine-lookup.ts';
import { problemOf, sendProblem } from '../problem/problem.filter.ts';
import type { LiveAccess } from './live-access.ts';
import { LiveController } from './live.controller.ts';
import { LiveHub } from './live-hub.ts';
import { LiveValues } from './live-values.ts';

const AT = new Date('2026-11-20T10:00:00.000Z');
/** Ten times as fast as in earnest. */
const TICK_MS = 100;
const QUIET = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** What a network file names. */
interface Watched {
  readonly machineId: number;
  readonly kind: MachineKind;
  readonly name: string;
  readonly network: string;
}
const DB_1: Watched = { machineId: 1, kind: 'machine', name: 'db-1', network: 'acme' };
const SHOP: Watched = { machineId: 7, kind: 'service', name: 'shop', network: 'acme' };

/** An outbox in memory. `beforeAnswer` runs when a read has found its entries, before the reader has them. */
class MemoryOutbox {
  readonly entries: OutboxEntry[] = [];
  readonly reads: { readonly after: number; readonly limit: number }[] = [];
  beforeAnswer: (after: number) => Promise<void> | void = () => {};

  /** Adds state changes. Sequences have gaps, as those of a database have. */
  add(count: number, { machineId, name }: Pick<Watched, 'machineId' | 'name'> = DB_1): void {
    for (let i = 0; i < count; i++) {
      const sequence = (this.entries.at(-1)?.sequence ?? 0) + 2;
      const facts = {
        network: 'acme',
        topic: 'verdict.changed',
        machineId,
        machine: name,
        kind: 'machine',
        handledAt: null,
      } as const;
      this.entries.push({ ...facts, sequence, from: 'up', to: 'down', reason: 'timeout', because: 'a test', at: AT });
    }
  }

  find(sequence: number): Promise<OutboxEntry | null> {
    return Promise.resolve(this.entries.find(entry => entry.sequence === sequence) ?? null);
  }

  latestSequence(): Promise<number> {
    return Promise.resolve(this.entries.at(-1)?.sequence ?? 0);
  }

  async after(after: number, limit: number): Promise<OutboxEntry[]> {
    this.reads.push({ after, limit });
    const found = this.entries.filter(entry => entry.sequence > after).slice(0, limit);
    await this.beforeAnswer(after);
    return found;
  }

  sequences(after = 0): number[] {
    return this.entries.map(entry => entry.sequence).filter(sequence => sequence > after);
  }
}

interface Told {
  readonly event: string;
  readonly id: number | null;
  readonly data: {
    readonly sequence?: number;
    readonly kind?: MachineKind;
    readonly machine?: string;
    readonly machines?: Record<string, { cpu: number } | null>;
  };
}

/** Reads a stream's events as they come. */
class Reader {
  readonly events: Told[] = [];
  readonly status: number;
  readonly headers: Headers;
  private readonly leaving: AbortController;

  constructor(answer: Response, leaving: AbortController) {
    this.status = answer.status;
    this.headers = answer.headers;
    this.leaving = leaving;
    void this.read(answer).catch(() => undefined); // cut off: what came before is kept
  }

  of(event: string): Told[] {
    return this.events.filter(told => told.event === event);
  }

  get verdicts(): (number | null)[] {
    return this.of('verdict').map(({ id }) => id);
  }

  leave(): void {
    this.leaving.abort();
  }

  private async read(answer: Response): Promise<void> {
    let text = '';
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.take(block);
    }
  }

  private take(block: string): void {
    const [, id, event, data] = /^(?:id: (\d+)\n)?event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
    if (event === undefined || data === undefined) return;
    this.events.push({ event, id: id === undefined ? null : Number(id), data: JSON.parse(data) as Told['data'] });
  }
}

/** Now, and later when a test says so. */
class MovedClock extends Clock {
  aheadMs = 0;

  override now(): Date {
    return new Date(super.now().getTime() + this.aheadMs);
  }
}

type Deliver = (machineId: number, values: { cpu: number }) => void;

let outbox: MemoryOutbox;
let clock: MovedClock;
let agentsAnswer: Promise<void>;
let watched: Watched[];
let hub: LiveHub;
let server: Server;
let url: string;
let viewer: Principal;
/** Whose the next stream is. */
let accountOf: () => number;
const readers: Reader[] = [];

beforeEach(async () => {
  accountOf = () => 1;
  viewer = { permissions: ['metrics:read', 'history:read'] } as unknown as Principal;
  outbox = new MemoryOutbox();
  clock = new MovedClock();
  agentsAnswer = Promise.resolve();
  watched = [DB_1];
  const machines = {
    list: () => Promise.resolve(watched.filter(({ kind }) => kind === 'machine')),
    listWatched: () => Promise.resolve([...watched]),
    byIds: (ids: readonly number[]) => Promise.resolve(watched.filter(({ machineId }) => ids.includes(machineId))),
  };
  const storage = { outbox, machines } as unknown as Storage;
  const agents = {
    read: async (asked: readonly { machineId: number }[], _signal: AbortSignal, deliver: Deliver) => {
      await agentsAnswer;
      for (const { machineId } of asked) deliver(machineId, { cpu: machineId });
    },
  } as unknown as ConstructorParameters<typeof LiveValues>[0];
  const values = new LiveValues(agents, storage, clock);
  hub = new LiveHub(storage, values, QUIET, TICK_MS);
  const info = new ServerInfo({ networks: ['acme'] } as unknown as ServerInfo);
  const lookup = new MachineLookup({ storage, info, networkFiles: { current: () => Promise.resolve(null) } });
  const access = { watch: () => undefined, forget: () => undefined } as unknown as LiveAccess;
  const controller = new LiveController(hub, access, lookup, storage, clock);
  server = express()
    .get('/live', (request, response) => {
      controller
        .stream(
          { network: 'acme', ...request.query },
          request.get('last-event-id'),
          { ...viewer, accountId: accountOf() },
          response,
        )
        .catch((error: unknown) => sendProblem(response, problemOf(error, request.path)));
    })
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/live`;
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.leave();
  hub.close();
  server.closeAllConnections();
  server.close();
});

async function open(lastSeen?: number, query = ''): Promise<Reader> {
  const leaving = new AbortController();
  const headers = lastSeen === undefined ? {} : { 'last-event-id': String(lastSeen) };
  const reader = new Reader(await fetch(`${url}${query}`, { headers, signal: leaving.signal }), leaving);
  readers.push(reader);
  return reader;
}

const until = (condition: () => unknown): Promise<unknown> =>
  vi.waitFor(() => expect(condition()).toBeTruthy(), { timeout: 10_000, interval: 10 });
const greeted = async (lastSeen?: number, query = ''): Promise<Reader> => {
  const reader = await open(lastSeen, query);
  await until(() => reader.of('values').length > 0);
  return reader;
};

describe('one who joins', () => {
  test('is told the newest state change, with its id, and what happens from then on', async () => {
    outbox.add(3);
    const reader = await greeted();
    expect(reader.events[0]).toMatchObject({ event: 'hello', id: 6, data: { sequence: 6 } });
    outbox.add(2);
    await until(() => reader.verdicts.length === 2);
    expect(reader.verdicts).toEqual([8, 10]);
  });

  test('and may not see the past begins with now, whatever it says that it has seen', async () => {
    outbox.add(3);
    viewer = { ...viewer, permissions: ['metrics:read'] };
    const reader = await greeted(2, '?after=2');
    outbox.add(1);
    await until(() => reader.verdicts.length === 1);
    expect([reader.events[0]?.id, reader.verdicts]).toEqual([6, [8]]);
  });

  test('and comes back before its first state change misses nothing', async () => {
    const reader = await greeted();
    reader.leave();
    await until(() => hub.size === 0);
    outbox.add(2);
    const again = await greeted(reader.of('hello')[0]?.id ?? undefined);
    expect(again.verdicts).toEqual([2, 4]);
  });

  test('gets the state changes it missed, in pages, each once, before any values', async () => {
    outbox.add(450);
    const reader = await greeted(2);
    expect(reader.verdicts).toEqual(outbox.sequences(2));
    expect(reader.events.findIndex(({ event }) => event === 'values')).toBe(450);
    expect(outbox.reads.filter(({ after }) => after < 900).every(({ limit }) => limit < 500)).toBe(true);
  });

  test.each([
    ['missed more than a thousand', 2],
    ['names a state change that is not kept', 3],
    ['names one that never was', 99_999],
  ])('and %s starts afresh', async (_what, lastSeen) => {
    outbox.add(1_200);
    const reader = await greeted(lastSeen);
    expect(reader.events[0]).toMatchObject({ event: 'hello', id: 2_400, data: { sequence: 2_400 } });
    expect(reader.verdicts).toEqual([]);
    outbox.add(1);
    await until(() => reader.verdicts.length > 0);
    expect(reader.verdicts).toEqual([2_402]);
  });

  test('and is far behind does not hold up the others', async () => {
    outbox.add(400);
    const first = await greeted();
    const held = Promise.withResolvers<void>();
    outbox.beforeAnswer = after => (after < 800 ? held.promise : undefined);
    const late = await open(2);
    outbox.add(1);
    await until(() => first.verdicts.length === 1);
    expect(late.verdicts).toEqual([]);
    held.resolve();
    await until(() => late.verdicts.includes(802));
    expect(late.verdicts).toEqual(outbox.sequences(2));
  });

  test('while the others are told something gets it too, and once', async () => {
    outbox.add(5);
    const first = await greeted();
    const held = Promise.withResolvers<void>();
    // The last page of the one who resumes is found before the change is written, and arrives after the others have it.
    outbox.beforeAnswer = after => (after === 2 ? held.promise : undefined);
    const late = await open(2);
    outbox.add(1);
    await until(() => first.verdicts.includes(12));
    held.resolve();
    await until(() => late.of('values').length > 0);
    outbox.add(1);
    await until(() => late.verdicts.includes(14) && first.verdicts.includes(14));
    expect(late.verdicts).toEqual([4, 6, 8, 10, 12, 14]);
    expect(first.verdicts).toEqual([12, 14]);
  });

  test('while a look at the outbox is under way is not told again what it knows', async () => {
    outbox.add(5);
    const first = await greeted();
    const held = Promise.withResolvers<void>();
    outbox.add(1);
    let isHeld = false;
    outbox.beforeAnswer = after => {
      if (after !== 10 || isHeld) return;
      isHeld = true;
      return held.promise;
    };
    await until(() => isHeld);
    const late = await open(8);
    await until(() => late.verdicts.length === 2);
    held.resolve();
    outbox.add(1);
    await until(() => first.verdicts.includes(14) && late.verdicts.includes(14));
    expect(late.verdicts).toEqual([10, 12, 14]);
    expect(first.verdicts).toEqual([12, 14]);
  });

  test('and goes away while it is told what it missed is forgotten', async () => {
    outbox.add(3);
    const held = Promise.withResolvers<void>();
    outbox.beforeAnswer = () => held.promise;
    const reader = await open(2);
    expect(hub.size).toBe(1);
    reader.leave();
    await until(() => hub.size === 0);
    held.resolve();
    await new Promise(resolve => setImmediate(resolve));
    expect(hub.size).toBe(0);
  });

  test('hours after the last one left does not make the hub read what happened meanwhile', async () => {
    const reader = await greeted();
    reader.leave();
    await until(() => hub.size === 0);
    outbox.add(2_500);
    outbox.reads.length = 0;
    await greeted();
    await until(() => outbox.reads.length >= 2);
    expect(outbox.reads.every(({ after }) => after === 5_000)).toBe(true);
  });
});

describe('values', () => {
  test('come each second even from a network without machines, so that its page knows that it is connected', async () => {
    watched = [];
    const reader = await open();
    await until(() => reader.of('values').length >= 2);
    expect(reader.of('values')[1]?.data.machines).toEqual({});
  });

  test('of a machine that was removed before it answered are not sent', async () => {
    const held = Promise.withResolvers<void>();
    agentsAnswer = held.promise;
    const reader = await greeted();
    watched = [{ ...DB_1, machineId: 2, name: 'db-2' }];
    clock.aheadMs = 60_000; // the list of machines is not fresh any more
    agentsAnswer = Promise.resolve();
    await until(() => reader.of('values').some(({ data }) => 'db-2' in (data.machines ?? {})));
    held.resolve();
    const told = reader.of('values').length;
    await until(() => reader.of('values').length >= told + 2);
    const names = reader.of('values').flatMap(({ data }) => Object.keys(data.machines ?? {}));
    expect([...new Set(names)]).toEqual(['db-2']);
  });
});

describe('services', () => {
  const kinds = (reader: Reader): unknown[] => reader.of('verdict').map(({ data }) => [data.kind, data.machine]);

  test('tell their state changes like machines, and which of both it is', async () => {
    watched = [DB_1, SHOP];
    outbox.add(1);
    outbox.add(1, SHOP);
    const reader = await greeted(0);
    outbox.add(1, SHOP);
    await until(() => reader.verdicts.length === 3);
    expect(kinds(reader)).toEqual([
      ['machine', 'db-1'],
      ['service', 'shop'],
      ['service', 'shop'],
    ]);
  });

  test('have no values', async () => {
    watched = [DB_1, SHOP];
    const reader = await greeted();
    await until(() => reader.of('values').length >= 3);
    const names = reader.of('values').flatMap(({ data }) => Object.keys(data.machines ?? {}));
    expect([...new Set(names)]).toEqual(['db-1']);
  });

  test('are asked for by name like machines', async () => {
    watched = [DB_1, SHOP];
    const reader = await greeted(undefined, '?machines=shop');
    outbox.add(1);
    outbox.add(1, SHOP);
    await until(() => reader.verdicts.length > 0);
    expect(kinds(reader)).toEqual([['service', 'shop']]);
  });

  test('do not count where a network has so many machines that they have to be named', async () => {
    const many = (kind: MachineKind, name: string): Watched[] =>
      Array.from({ length: 301 }, (_, i) => ({ ...DB_1, machineId: i, kind, name: `${name}-${i}` }));
    watched = many('service', 'web');
    expect((await open()).status).toBe(200);
    watched = many('machine', 'db');
    expect((await open()).status).toBe(400);
    expect((await open(undefined, '?machines=db-1')).status).toBe(200);
  });
});

describe('a stream', () => {
  test('is not opened by a HEAD request', async () => {
    const answer = await fetch(url, { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect(hub.size).toBe(0);
  });

  test('beyond the two hundredth is refused until one is closed, however many ask at once', async () => {
    let asked = 0;
    accountOf = () => asked++ % 11;
    const all = await Promise.all(Array.from({ length: 203 }, () => open()));
    const refused = all.filter(({ status }) => status === 503);
    expect([hub.size, refused.length]).toEqual([200, 3]);
    expect(refused[0]?.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(refused[0]?.headers.get('content-type')).toContain('application/problem+json');
    all.find(({ status }) => status === 200)?.leave();
    await until(() => hub.size === 199);
    expect((await open()).status).toBe(200);
  });

  test('beyond the twentieth of one account is refused until one of them is closed, and no other account is', async () => {
    const all = await Promise.all(Array.from({ length: 22 }, () => open()));
    const refused = all.filter(({ status }) => status === 429);
    expect([hub.size, refused.length]).toEqual([20, 2]);
    expect(refused[0]?.headers.get('content-type')).toContain('application/problem+json');
    accountOf = () => 2;
    expect((await open()).status).toBe(200);
    accountOf = () => 1;
    all.find(({ status }) => status === 200)?.leave();
    await until(() => hub.size === 20);
    expect((await open()).status).toBe(200);
    expect((await open()).status).toBe(429);
  });

  test('is an error when the outbox cannot be read, not an empty stream', async () => {
    outbox.latestSequence = () => Promise.reject(new Error('the database is away'));
    expect((await open()).status).toBe(500);
    await until(() => hub.size === 0);
  });
});
