import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import type { Verdict, VerdictChange } from '#storage';
import { databases, waitFor } from '../../support/services.ts';
import { asAdministrator, later, machine, networkOf, T0, useStorage, versionOf } from './fixtures.ts';

function verdict(
  machineId: number,
  state: Verdict['state'],
  sinceMs: number,
  reason: Verdict['reason'] = null,
): Verdict {
  return { machineId, state, reason, since: later(sinceMs) };
}

function change(from: Verdict | null, to: Verdict): VerdictChange {
  return { machineId: to.machineId, from, to, because: `it is ${to.state}` };
}

/** Holds every transaction that writes an outbox entry of this network, after the entry is written, until it is opened. */
async function closeGate(url: string, network: string): Promise<{ waiting(): Promise<number>; open(): Promise<void> }> {
  const keeper = new Client({ connectionString: url });
  await keeper.connect();
  await keeper.query('select pg_advisory_lock(42)');
  await keeper.query(`
    create function wait_at_gate() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock(42); return null; end';
    create trigger gate after insert on outbox for each row when (new.network = '${network}') execute function wait_at_gate()`);
  const waiting = `select count(*)::int as sessions from pg_locks join pg_database on database = pg_database.oid
    where datname = current_database() and locktype = 'advisory' and not granted`;
  return {
    waiting: async () => (await asAdministrator<{ sessions: number }>(url, waiting))[0]!.sessions,
    open: () => keeper.end(),
  };
}

describe.each(databases())('verdicts on $name', ({ url }) => {
  const opened = useStorage(url);

  it('an outbox has no newest entry until its first', async () => {
    const { outbox, verdicts } = opened.storage;
    expect([await outbox.latestSequence(), await outbox.find(1)]).toEqual([0, null]);
    const ids = (await networkOf(opened.storage, 'first', ['a', 'b'])) as [number, number];
    const changes = ids.map(id => change(null, verdict(id, 'up', 0)));
    const sequences = await verdicts.change('first', changes);
    expect(await outbox.latestSequence()).toBe(sequences[1]);
  });

  it('a change is kept with its transition and its outbox entry', async () => {
    const { verdicts, outbox } = opened.storage;
    const [id] = (await networkOf(opened.storage, 'kept', ['a'])) as [number];
    const up = verdict(id, 'up', 0);
    const down = verdict(id, 'down', 1000, 'refused');
    const [first] = await verdicts.change('kept', [change(null, up)]);
    const [second] = await verdicts.change('kept', [change(up, down)]);
    expect(await verdicts.of([id])).toEqual([down]);
    const entry = { network: 'kept', topic: 'verdict.changed', machineId: id, machine: 'a', handledAt: null };
    expect(await outbox.find(first!)).toEqual({
      ...entry,
      sequence: first,
      from: null,
      to: 'up',
      reason: null,
      because: 'it is up',
      at: T0,
    });
    expect(await outbox.find(second!)).toMatchObject({
      ...entry,
      from: 'up',
      to: 'down',
      reason: 'refused',
      at: later(1000),
    });
    expect(await verdicts.transitions(id, 1)).toEqual([
      { machineId: id, from: 'up', to: 'down', reason: 'refused', because: 'it is down', at: later(1000) },
    ]);
    expect(await verdicts.transitions(id, 9)).toHaveLength(2);
  });

  it.each([
    ['the state', verdict(0, 'degraded', 0)],
    ['the time', verdict(0, 'up', 1)],
    ['the reason', verdict(0, 'up', 0, 'timeout')],
    ['that there is one', null],
  ])('a change from a verdict that differs in %s is refused', async (title, from) => {
    const network = `refused-${title}`;
    const [id] = (await networkOf(opened.storage, network, ['a'])) as [number];
    const up = verdict(id, 'up', 0);
    await opened.storage.verdicts.change(network, [change(null, up)]);
    const to = verdict(id, 'down', 5000, 'refused');
    expect(
      await opened.storage.verdicts.change(network, [change(from === null ? null : { ...from, machineId: id }, to)]),
    ).toEqual([]);
    expect(await opened.storage.verdicts.of([id])).toEqual([up]);
    expect(await opened.storage.verdicts.transitions(id, 9)).toHaveLength(1);
  });

  it('of two writers of one change one wins: one transition, one outbox entry', async () => {
    const [id] = (await networkOf(opened.storage, 'race', ['a'])) as [number];
    const before = await opened.storage.outbox.latestSequence();
    const up = verdict(id, 'up', 0);
    for (const step of [change(null, up), change(up, verdict(id, 'down', 1000, 'timeout'))]) {
      const both = await Promise.all(
        [opened.storage, opened.other].map(({ verdicts }) => verdicts.change('race', [step])),
      );
      expect(both.flat()).toHaveLength(1);
    }
    expect(await opened.storage.verdicts.transitions(id, 9)).toHaveLength(2);
    expect(await opened.storage.outbox.after(before, 9)).toHaveLength(2);
  });

  it('a batch writes the winners and only them', async () => {
    const [a, b] = (await networkOf(opened.storage, 'partly', ['a', 'b'])) as [number, number];
    await opened.storage.verdicts.change('partly', [change(null, verdict(a, 'up', 0))]);
    const late = await opened.storage.verdicts.change('partly', [
      change(null, verdict(a, 'down', 0)),
      change(null, verdict(b, 'down', 0)),
    ]);
    expect(late).toHaveLength(1);
    expect(await opened.storage.outbox.find(late[0]!)).toMatchObject({ machine: 'b', to: 'down' });
  });

  it('a machine of another network is not changed', async () => {
    const [id] = (await networkOf(opened.storage, 'mine', ['a'])) as [number];
    expect(await opened.storage.verdicts.change('yours', [change(null, verdict(id, 'up', 0))])).toEqual([]);
  });

  it('an entry is not seen before one with a lower sequence, however slow that one is to commit', async () => {
    const [slow] = (await networkOf(opened.storage, 'slow', ['a'])) as [number];
    const [fast] = (await networkOf(opened.storage, 'fast', ['a'])) as [number];
    const start = await opened.storage.outbox.latestSequence();
    const gate = await closeGate(opened.database.url, 'slow');
    const first = opened.storage.verdicts.change('slow', [change(null, verdict(slow, 'up', 0))]);
    await waitFor(async () => (await gate.waiting()) === 1);
    let committed = false;
    const second = opened.other.verdicts.change('fast', [change(null, verdict(fast, 'up', 0))]);
    const followed = second.then(() => (committed = true));
    await waitFor(async () => committed || (await gate.waiting()) === 2);
    const seenMeanwhile = await opened.other.outbox.after(start, 9);
    await gate.open();
    await followed;
    expect(seenMeanwhile).toEqual([]);
    const seen = await opened.other.outbox.after(start, 9);
    expect(seen.map(({ sequence }) => sequence)).toEqual([...(await first), ...(await second)]);
  });

  it('a reader that follows the outbox while many write misses no entry', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `m${index}`);
    const ids = await networkOf(opened.storage, 'order', names);
    const start = await opened.storage.outbox.latestSequence();
    const writing = Promise.all(
      ids.map((id, index) =>
        (index % 2 === 0 ? opened.storage : opened.other).verdicts.change('order', [
          change(null, verdict(id, 'up', 0)),
        ]),
      ),
    );
    let written: number[] | null = null;
    const noted = writing.then(sequences => (written = sequences.flat()));
    const seen: number[] = [];
    for (let last = false; !last;) {
      last = written !== null;
      const entries = await opened.storage.outbox.after(seen.at(-1) ?? start, last ? 1000 : 7);
      seen.push(...entries.map(({ sequence }) => sequence));
    }
    expect(seen).toEqual((await noted).toSorted((x, y) => x - y));
    expect(seen).toHaveLength(ids.length);
  });

  it('an entry is handled once and is then no longer waiting', async () => {
    const { outbox, verdicts } = opened.storage;
    const ids = (await networkOf(opened.storage, 'handled', ['a', 'b'])) as [number, number];
    const sequences = await verdicts.change('handled', [
      change(null, verdict(ids[0], 'up', 70_000)),
      change(null, verdict(ids[1], 'up', 90_000)),
    ]);
    const waiting = async (olderThanMs: number): Promise<number[]> =>
      (await outbox.unhandled(later(olderThanMs), 1000))
        .map(({ sequence }) => sequence)
        .filter(sequence => sequences.includes(sequence));
    expect(await waiting(80_000)).toEqual([sequences[0]]);
    expect(await waiting(99_000)).toEqual(sequences);
    const both = [opened.storage, opened.other].map(storage =>
      storage.outbox.markHandled(sequences[0]!, later(99_000)),
    );
    expect((await Promise.all(both)).filter(Boolean)).toHaveLength(1);
    expect(await waiting(99_000)).toEqual([sequences[1]]);
    expect((await outbox.find(sequences[0]!))?.handledAt).toEqual(later(99_000));
  });

  it('forgets old entries that were told, and none that nobody was told of', async () => {
    const { outbox, verdicts } = opened.storage;
    const ids = await networkOf(opened.storage, 'forget-entries', ['a', 'b', 'c']);
    const given = ids.map(id => change(null, verdict(id, 'up', 0)));
    const [untold, old, recent] = (await verdicts.change('forget-entries', given)) as [number, number, number];
    await outbox.markHandled(old, later(1_000));
    await outbox.markHandled(recent, later(2_000));
    await outbox.forget(later(2_000));
    const kept = await outbox.after(untold - 1, 9);
    expect(kept.map(({ sequence }) => sequence)).toEqual([untold, recent]);
  });

  it('forgets old changes but no verdict', async () => {
    const { verdicts } = opened.storage;
    const [id] = (await networkOf(opened.storage, 'forget-changes', ['a'])) as [number];
    const [up, down] = [verdict(id, 'up', 0), verdict(id, 'down', 1_000, 'timeout')];
    await verdicts.change('forget-changes', [change(null, up)]);
    await verdicts.change('forget-changes', [change(up, down)]);
    await verdicts.forget(later(1_000));
    expect((await verdicts.transitions(id, 9)).map(({ to }) => to)).toEqual(['down']);
    await verdicts.forget(later(1_001));
    expect(await verdicts.transitions(id, 9)).toEqual([]);
    expect(await verdicts.of([id])).toEqual([down]);
  });

  it('counts the states of a network; who was never judged is unknown, who was removed is not counted', async () => {
    const [a, b] = (await networkOf(opened.storage, 'counts', ['a', 'b', 'c', 'd'])) as [number, number];
    await opened.storage.verdicts.change('counts', [
      change(null, verdict(a, 'up', 0)),
      change(null, verdict(b, 'down', 0, 'dns')),
    ]);
    await opened.storage.networks.acceptVersion(
      versionOf(
        'counts',
        2,
        ['a', 'b', 'c'].map(name => machine(name)),
      ),
    );
    expect(await opened.storage.verdicts.counts('counts')).toEqual({
      up: 1,
      degraded: 0,
      down: 1,
      unknown: 1,
      maintenance: 0,
    });
  });
});
