import { describe, expect, it } from 'vitest';
import { type KnownMachine, reconcileMachines, type WatchedEntry } from './reconcile-machines.ts';
import type { MachineKind } from './types.ts';

function entry(name: string, id: string | null = null, kind: MachineKind = 'machine'): WatchedEntry {
  const nothing = { netdata: null, via: null, address: null, auth: null, timeoutMs: null };
  return { ...nothing, kind, id, name, host: false, charts: [], labels: {} };
}

function known(machineId: number, name: string, more: Partial<KnownMachine> = {}): KnownMachine {
  return { machineId, kind: 'machine', name, stableId: null, removedAt: null, ...more };
}

const EARLY = new Date('2026-01-01T00:00:00Z');
const LATE = new Date('2026-02-01T00:00:00Z');

describe('reconcileMachines', () => {
  it.each<{
    title: string;
    stored: KnownMachine[];
    file: WatchedEntry[];
    plan: [string[], [number, string][], number[]];
  }>([
    { title: 'a new name is a new machine', stored: [], file: [entry('a')], plan: [['a'], [], []] },
    {
      title: 'a known name is the known machine',
      stored: [known(1, 'a')],
      file: [entry('a')],
      plan: [[], [[1, 'a']], []],
    },
    { title: 'a name that vanished is removed', stored: [known(1, 'a')], file: [], plan: [[], [], [1]] },
    {
      title: 'a removed machine is not removed again',
      stored: [known(1, 'a', { removedAt: EARLY })],
      file: [],
      plan: [[], [], []],
    },
    {
      title: 'a removed name comes back',
      stored: [known(1, 'a', { removedAt: EARLY })],
      file: [entry('a')],
      plan: [[], [[1, 'a']], []],
    },
    {
      title: 'the latest of several removed ones comes back',
      stored: [known(1, 'a', { removedAt: EARLY }), known(2, 'a', { removedAt: LATE })],
      file: [entry('a')],
      plan: [[], [[2, 'a']], []],
    },
    {
      title: 'a living one is preferred to a removed one',
      stored: [known(1, 'a', { removedAt: LATE }), known(2, 'a')],
      file: [entry('a')],
      plan: [[], [[2, 'a']], []],
    },
    {
      title: 'a machine without an id is renamed by taking its name for its id',
      stored: [known(1, 'a')],
      file: [entry('b', 'a')],
      plan: [[], [[1, 'b']], []],
    },
    {
      title: 'but not while another still has that name',
      stored: [known(1, 'a')],
      file: [entry('b', 'a'), entry('a')],
      plan: [['b'], [[1, 'a']], []],
    },
    {
      title: 'nor is one brought back so that was removed',
      stored: [known(1, 'a', { removedAt: EARLY })],
      file: [entry('b', 'a')],
      plan: [['b'], [], []],
    },
    {
      title: 'also when that name was the id of one that was removed',
      stored: [known(1, 'a'), known(2, 'c', { stableId: 'a', removedAt: EARLY })],
      file: [entry('b', 'a')],
      plan: [[], [[1, 'b']], []],
    },
    {
      title: 'nor is one that has another id renamed so',
      stored: [known(1, 'a', { stableId: 'x' })],
      file: [entry('b', 'a')],
      plan: [['b'], [], [1]],
    },
    {
      title: 'an id survives a rename',
      stored: [known(1, 'a', { stableId: 'x' })],
      file: [entry('b', 'x')],
      plan: [[], [[1, 'b']], []],
    },
    {
      title: 'a rename without an id is another machine',
      stored: [known(1, 'a')],
      file: [entry('b')],
      plan: [['b'], [], [1]],
    },
    {
      title: 'a machine may be given an id later',
      stored: [known(1, 'a')],
      file: [entry('a', 'x')],
      plan: [[], [[1, 'a']], []],
    },
    {
      title: 'the same name with another id is another machine',
      stored: [known(1, 'a', { stableId: 'x' })],
      file: [entry('a', 'y')],
      plan: [['a'], [], [1]],
    },
    {
      title: 'two machines swap their names by their ids',
      stored: [known(1, 'a', { stableId: 'x' }), known(2, 'b', { stableId: 'y' })],
      file: [entry('b', 'x'), entry('a', 'y')],
      plan: [
        [],
        [
          [1, 'b'],
          [2, 'a'],
        ],
        [],
      ],
    },
    {
      title: 'an id claims its machine before an earlier entry claims it by name',
      stored: [known(1, 'a', { stableId: 'x' })],
      file: [entry('a'), entry('b', 'x')],
      plan: [['a'], [[1, 'b']], []],
    },
    {
      title: 'a service is not the machine that had its name',
      stored: [known(1, 'a')],
      file: [entry('a', null, 'service')],
      plan: [['a'], [], [1]],
    },
    {
      title: 'nor a machine the service',
      stored: [known(1, 'a', { kind: 'service' })],
      file: [entry('a', 'x')],
      plan: [['a'], [], [1]],
    },
    {
      title: 'a service comes back as the service that it was, not as the machine of its name that was removed later',
      stored: [known(1, 'a', { kind: 'service', removedAt: EARLY }), known(2, 'a', { removedAt: LATE })],
      file: [entry('a', null, 'service')],
      plan: [[], [[1, 'a']], []],
    },
    {
      title: 'a machine and a service of one name are both known',
      stored: [known(1, 'a'), known(2, 'a', { kind: 'service' })],
      file: [entry('a', null, 'service'), entry('a')],
      plan: [
        [],
        [
          [2, 'a'],
          [1, 'a'],
        ],
        [],
      ],
    },
  ])('$title', ({ stored, file, plan: [added, kept, removed] }) => {
    const plan = reconcileMachines(stored, file);
    expect(plan.added.map(({ name }) => name)).toEqual(added);
    expect(plan.kept.map(({ machineId, entry: { name } }) => [machineId, name])).toEqual(kept);
    expect(plan.removed).toEqual(removed);
  });
});
