import { beforeAll, describe, expect, it } from 'vitest';
import type { EventWish, StateEvent, Storage, Verdict, VerdictState } from '#storage';
import { databases } from '../../support/services.ts';
import { later, machine, networkOf, NOTHING, useStorage, versionOf } from './fixtures.ts';

const MINUTE = 60_000;

/** Changes one verdict, as libs/mesh does: from what it is to this. */
async function change(storage: Storage, network: string, machineId: number, state: VerdictState, minute: number) {
  const [from = null] = await storage.verdicts.of([machineId]);
  const to: Verdict = { machineId, state, reason: state === 'down' ? 'timeout' : null, since: later(minute * MINUTE) };
  await storage.verdicts.change(network, [machineId], () => [{ machineId, from, to, because: `it is ${state}` }]);
}

describe.each(databases())('events on $name', ({ url }) => {
  const opened = useStorage(url);
  let a = 0;
  let b = 0;
  let shop = 0;

  beforeAll(async () => {
    const { storage } = opened;
    await storage.networks.acceptVersion({
      ...versionOf('acme', 1, [machine('a'), machine('b')]),
      services: ['shop'],
    });
    const stored = await storage.machines.listWatched('acme');
    [a = 0, b = 0, shop = 0] = stored.map(({ machineId }) => machineId);
    const [other = 0] = await networkOf(storage, 'beta', ['a']);
    await change(storage, 'acme', a, 'up', 0);
    await change(storage, 'acme', b, 'up', 0);
    await change(storage, 'acme', a, 'down', 10);
    await change(storage, 'beta', other, 'up', 11);
    await change(storage, 'acme', shop, 'up', 12);
    await change(storage, 'acme', shop, 'down', 20);
    await change(storage, 'acme', b, 'down', 20);
    await change(storage, 'acme', a, 'up', 20);
    await change(storage, 'acme', b, 'up', 80);
  });

  const page = (wish: Partial<EventWish> = {}): Promise<StateEvent[]> =>
    opened.storage.events.page({ network: 'acme', before: null, limit: 99, ...wish });
  const told = (events: readonly StateEvent[]): string[] =>
    events.map(({ machine: name, from, to, at, lastedSeconds }) => {
      const minute = (at.getTime() - later(0).getTime()) / MINUTE;
      return `${minute}: ${name} ${from} ${to} ${lastedSeconds}`;
    });
  const ALL = [
    '80: b down up 3600',
    '20: a down up 600',
    '20: b up down 1200',
    '20: shop up down 480',
    '12: shop null up null',
    '10: a up down 600',
    '0: b null up null',
    '0: a null up null',
  ];

  it('are all changes of the network, newest first, each with how long the state before lasted', async () => {
    expect(told(await page())).toEqual(ALL);
  });

  it('say what changed and why', async () => {
    const [, , , event] = await page();
    expect(event).toEqual({
      eventId: expect.any(Number) as number,
      kind: 'service',
      machine: 'shop',
      removed: false,
      from: 'up',
      to: 'down',
      reason: 'timeout',
      because: 'it is down',
      at: later(20 * MINUTE),
      lastedSeconds: 480,
    });
  });

  it.each<[string, Partial<EventWish>, number[]]>([
    ['of one machine', { machine: 'a' }, [1, 5, 7]],
    ['of a machine that never was', { machine: 'no\0ne' }, []],
    ['of services', { kind: 'service' }, [3, 4]],
    ['of machines', { kind: 'machine' }, [0, 1, 2, 5, 6, 7]],
    ['into one state', { states: ['down'] }, [2, 3, 5]],
    ['into one of two states', { states: ['down', 'up'] }, [0, 1, 2, 3, 4, 5, 6, 7]],
    ['into a state that there was not', { states: ['maintenance'] }, []],
    ['from an instant on, which is included', { from: later(20 * MINUTE) }, [0, 1, 2, 3]],
    ['before an instant, which is not', { to: later(20 * MINUTE) }, [4, 5, 6, 7]],
    ['in a range', { from: later(10 * MINUTE), to: later(20 * MINUTE) }, [4, 5]],
    ['of everything said at once', { machine: 'b', kind: 'machine', states: ['down'], from: later(0) }, [2]],
  ])('are wished for: those %s', async (_what, wish, places) => {
    expect(told(await page(wish))).toEqual(places.map(place => ALL[place]));
  });

  it.each([1, 2, 3, 5])('come in pages of %i without one twice or left out, also of the same instant', async limit => {
    const found: string[] = [];
    for (let before: number | null = null; ;) {
      const events: StateEvent[] = await page({ before, limit });
      found.push(...told(events));
      const last = events.at(-1);
      if (last === undefined) break;
      before = last.eventId;
    }
    expect(found).toEqual(ALL);
  });

  it('have no place that another network names', async () => {
    const [foreign] = await page({ network: 'beta' });
    expect(foreign).toBeDefined();
    expect(await page({ before: foreign?.eventId ?? 0 })).toEqual([]);
  });

  it('keep their order when they are written late, and never last less than no time', async () => {
    const [late = 0] = await networkOf(opened.storage, 'late', ['x']);
    const { storage } = opened;
    await change(storage, 'late', late, 'up', 30);
    await change(storage, 'late', late, 'down', 20);
    const events = await page({ network: 'late' });
    expect(told(events)).toEqual(['30: x null up null', '20: x up down 0']);
    expect(told(await page({ network: 'late', limit: 1 }))).toEqual(['30: x null up null']);
    expect(told(await page({ network: 'late', before: events[0]?.eventId ?? 0 }))).toEqual(['20: x up down 0']);
  });

  it('stay when their machine is removed, and say so', async () => {
    const [gone = 0] = await networkOf(opened.storage, 'gone', ['old']);
    await change(opened.storage, 'gone', gone, 'up', 0);
    await opened.storage.networks.acceptVersion(versionOf('gone', 2, [machine('new')]));
    expect(await page({ network: 'gone', machine: 'old' })).toMatchObject([{ machine: 'old', removed: true }]);
  });

  it('of which those before are past their retention do not say how long the state lasted', async () => {
    const [old = 0] = await networkOf(opened.storage, 'old', ['x']);
    await change(opened.storage, 'old', old, 'up', -100_000);
    await change(opened.storage, 'old', old, 'down', 5);
    await opened.storage.retention.drop({ ...NOTHING, events: later(-MINUTE) });
    expect(told(await page({ network: 'old' }))).toEqual(['5: x up down null']);
  });
});
