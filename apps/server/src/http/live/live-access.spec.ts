import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Principal } from '#auth';
import { Clock } from '#config';
import type { Storage } from '#storage';
import { LiveAccess } from './live-access.ts';

const QUIET = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const CHECK_MS = 5_000;

interface Alive {
  readonly role: 'user' | 'admin';
  readonly networks: readonly string[] | null;
}

/** Sessions and tokens in memory; how often they were looked at, and which were said to be used. */
class MemoryCredentials {
  readonly alive = new Map<string, Alive>();
  looks = 0;
  touched: string[] = [];
  isAway = false;

  readonly sessions = {
    alive: (ids: readonly string[]) => this.look(ids, (sessionId, alive) => ({ sessionId, ...alive })),
    touch: (id: string) => Promise.resolve(void this.touched.push(id)),
  };
  readonly apiTokens = {
    alive: (ids: readonly string[]) => this.look(ids, (tokenId, alive) => ({ tokenId, ...alive })),
  };

  private look<T>(ids: readonly string[], present: (id: string, alive: Alive) => T): Promise<T[]> {
    if (ids.length === 0) return Promise.resolve([]); // as in the database: nobody is asked
    this.looks += 1;
    if (this.isAway) return Promise.reject(new Error('the database is away'));
    const found = ids.flatMap(id => {
      const alive = this.alive.get(id);
      return alive === undefined ? [] : [present(id, alive)];
    });
    return Promise.resolve(found);
  }
}

/** An open stream, and whether it was ended. */
class Stream {
  ended = false;
  end(): void {
    this.ended = true;
    access.forget(this);
  }
}

let credentials: MemoryCredentials;
let access: LiveAccess;

beforeEach(() => {
  vi.useFakeTimers();
  credentials = new MemoryCredentials();
  const storage = credentials as unknown as Pick<Storage, 'sessions' | 'apiTokens'>;
  access = new LiveAccess({ storage, clock: new Clock(), idleMs: 86_400_000, log: QUIET }, CHECK_MS);
});
afterEach(() => {
  access.close();
  vi.useRealTimers();
});

function open(id: string, via: Principal['via'] = 'session', networks: readonly string[] | null = null): Stream {
  credentials.alive.set(id, { role: 'user', networks });
  const stream = new Stream();
  access.watch(stream, { id, via, role: 'user', networks } as Principal);
  return stream;
}

describe('a stream', () => {
  test.each(['session', 'token'] as const)('ends within ten seconds of its %s, and no other does', async via => {
    const [mine, other] = [open('mine', via), open('other', via)];
    await vi.advanceTimersByTimeAsync(CHECK_MS);
    expect(mine.ended).toBe(false);
    credentials.alive.delete('mine');
    await vi.advanceTimersByTimeAsync(9_999);
    expect([mine.ended, other.ended]).toEqual([true, false]);
  });

  test.each<[string, Alive]>([
    ['its role', { role: 'admin', networks: null }],
    ['its networks', { role: 'user', networks: ['acme'] }],
  ])('ends when its account has changed %s', async (_what, now) => {
    const stream = open('mine');
    credentials.alive.set('mine', now);
    await vi.advanceTimersByTimeAsync(CHECK_MS);
    expect(stream.ended).toBe(true);
  });

  test('outlives a short absence of the database', async () => {
    const stream = open('mine');
    for (let i = 0; i < 3; i += 1) {
      await vi.advanceTimersByTimeAsync(60_000);
      credentials.isAway = !credentials.isAway;
      await vi.advanceTimersByTimeAsync(30_000);
      credentials.isAway = !credentials.isAway;
    }
    expect(stream.ended).toBe(false);
  });

  test('ends when for a minute nobody knows whether it may go on', async () => {
    const stream = open('mine');
    credentials.isAway = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stream.ended).toBe(true);
  });
});

describe('what it costs', () => {
  test('a hundred streams are looked up with one question', async () => {
    for (let i = 0; i < 100; i += 1) open(`session-${i}`);
    await vi.advanceTimersByTimeAsync(CHECK_MS);
    expect(credentials.looks).toBe(1);
  });

  test('nobody looks: nothing is asked', async () => {
    const streams = [open('a'), open('b')];
    for (const stream of streams) access.forget(stream);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([credentials.looks, vi.getTimerCount()]).toEqual([0, 0]);
  });

  test('a session with streams counts as used, once a minute however many they are', async () => {
    open('mine');
    open('mine');
    open('token', 'token');
    await vi.advanceTimersByTimeAsync(59_999);
    expect(credentials.touched).toEqual([]);
    await vi.advanceTimersByTimeAsync(120_001);
    expect(credentials.touched).toEqual(['mine', 'mine', 'mine']);
  });

  test('nothing is asked any more once the server stops, also when that is in the middle of a look', async () => {
    open('mine');
    await vi.advanceTimersByTimeAsync(CHECK_MS - 1);
    vi.advanceTimersByTime(1);
    access.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([credentials.looks, vi.getTimerCount()]).toEqual([1, 0]);
  });

  test('one who comes back later is looked after again', async () => {
    access.forget(open('mine'));
    await vi.advanceTimersByTimeAsync(60_000);
    const again = open('mine');
    credentials.alive.delete('mine');
    await vi.advanceTimersByTimeAsync(CHECK_MS);
    expect(again.ended).toBe(true);
  });
});
