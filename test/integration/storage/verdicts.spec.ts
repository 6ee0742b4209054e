import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import type { JudgedMachine, Storage, Verdict, VerdictChange } from '#storage';
import { databases, waitFor } from '../../support/services.ts';
import {
  asAdministrator,
  later,
  machine,
  missed,
  networkOf,
  NOTHING,
  observation,
  T0,
  useStorage,
  versionOf,
  WINDOW_MS,
} from './fixtures.ts';

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

/** Writes changes that are decided already. */
function write(storage: Storage, network: string, changes: readonly VerdictChange[]): Promise<number[]> {
  const ids = changes.map(({ to }) => to.machineId);
  return storage.verdicts.change(network, ids, () => changes);
}

interface Gate {
  /** Sessions that wait at it, or for who waits at it. */
  waiting(): Promise<number>;
  /** Sessions that wait for a row which who waits at it holds. */
  waitingForRows(): Promise<number>;
  open(): Promise<void>;
}

/** Holds every transaction that writes an outbox entry of this network, after the entry is written, until it is opened. */
async function closeGate(url: string, network: string): Promise<Gate> {
  const keeper = new Client({ connectionString: url });
  await keeper.connect();
  await keeper.query('select pg_advisory_lock(42)');
  await keeper.query(`
    create or replace function wait_at_gate() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock(42); return null; end';
    create or replace trigger gate after insert on outbox for each row when (new.network = '${network}') execute function wait_at_gate()`);
  const waitingFor = async (lock: string): Promise<number> => {
    const rows = await asAdministrator<{ sessions: number }>(
      url,
      `select count(*)::int as sessions from pg_locks join pg_stat_activity using (pid)
       where datname = current_database() and locktype = $1 and not granted`,
      [lock],
    );
    return rows[0]!.sessions;
  };
  return {
    waiting: () => waitingFor('advisory'),
    waitingForRows: () => waitingFor('transactionid'),
    open: () => keeper.end(),
  };
}

describe.each(databases())('verdicts on $name', ({ url }) => {
  const opened = useStorage(url);

  it('an outbox has no newest entry until its first', async () => {
    const { outbox } = opened.storage;
    expect([await outbox.latestSequence(), await outbox.find(1)]).toEqual([0, null]);
    const ids = (await networkOf(opened.storage, 'first', ['a', 'b'])) as [number, number];
    const changes = ids.map(id => change(null, verdict(id, 'up', 0)));
    const sequences = await write(opened.storage, 'first', changes);
    expect(await outbox.latestSequence()).toBe(sequences[1]);
  });

  it('a change is kept with its transition and its outbox entry', async () => {
    const { verdicts, outbox } = opened.storage;
    const [id] = (await networkOf(opened.storage, 'kept', ['a'])) as [number];
    const up = verdict(id, 'up', 0);
    const down = verdict(id, 'down', 1000, 'refused');
    const [first] = await write(opened.storage, 'kept', [change(null, up)]);
    const [second] = await write(opened.storage, 'kept', [change(up, down)]);
    expect(await verdicts.of([id])).toEqual([down]);
    const entry = {
      network: 'kept',
      topic: 'verdict.changed',
      machineId: id,
      machine: 'a',
      kind: 'machine',
      handledAt: null,
    };
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
    await write(opened.storage, network, [change(null, up)]);
    const to = verdict(id, 'down', 5000, 'refused');
    expect(
      await write(opened.storage, network, [change(from === null ? null : { ...from, machineId: id }, to)]),
    ).toEqual([]);
    expect(await opened.storage.verdicts.of([id])).toEqual([up]);
    expect(await opened.storage.verdicts.transitions(id, 9)).toHaveLength(1);
  });

  it('of two writers of one change one wins: one transition, one outbox entry', async () => {
    const [id] = (await networkOf(opened.storage, 'race', ['a'])) as [number];
    const before = await opened.storage.outbox.latestSequence();
    const up = verdict(id, 'up', 0);
    for (const step of [change(null, up), change(up, verdict(id, 'down', 1000, 'timeout'))]) {
      const both = await Promise.all([opened.storage, opened.other].map(storage => write(storage, 'race', [step])));
      expect(both.flat()).toHaveLength(1);
    }
    expect(await opened.storage.verdicts.transitions(id, 9)).toHaveLength(2);
    expect(await opened.storage.outbox.after(before, 9)).toHaveLength(2);
  });

  it('a batch writes the winners and only them', async () => {
    const [a, b] = (await networkOf(opened.storage, 'partly', ['a', 'b'])) as [number, number];
    await write(opened.storage, 'partly', [change(null, verdict(a, 'up', 0))]);
    const late = await write(opened.storage, 'partly', [
      change(null, verdict(a, 'down', 0)),
      change(null, verdict(b, 'down', 0)),
    ]);
    expect(late).toHaveLength(1);
    expect(await opened.storage.outbox.find(late[0]!)).toMatchObject({ machine: 'b', to: 'down' });
  });

  it('a machine of another network is not changed', async () => {
    const [id] = (await networkOf(opened.storage, 'mine', ['a'])) as [number];
    expect(await write(opened.storage, 'yours', [change(null, verdict(id, 'up', 0))])).toEqual([]);
  });

  it('an entry is not seen before one with a lower sequence, however slow that one is to commit', async () => {
    const [slow] = (await networkOf(opened.storage, 'slow', ['a'])) as [number];
    const [fast] = (await networkOf(opened.storage, 'fast', ['a'])) as [number];
    const start = await opened.storage.outbox.latestSequence();
    const gate = await closeGate(opened.database.url, 'slow');
    const first = write(opened.storage, 'slow', [change(null, verdict(slow, 'up', 0))]);
    await waitFor(async () => (await gate.waiting()) === 1);
    let committed = false;
    const second = write(opened.other, 'fast', [change(null, verdict(fast, 'up', 0))]);
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
        write(index % 2 === 0 ? opened.storage : opened.other, 'order', [change(null, verdict(id, 'up', 0))]),
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
    const { outbox } = opened.storage;
    const ids = (await networkOf(opened.storage, 'handled', ['a', 'b'])) as [number, number];
    const sequences = await write(opened.storage, 'handled', [
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
    const { outbox, retention } = opened.storage;
    const ids = await networkOf(opened.storage, 'forget-entries', ['a', 'b', 'c']);
    const given = ids.map(id => change(null, verdict(id, 'up', 0)));
    const [untold, old, recent] = (await write(opened.storage, 'forget-entries', given)) as [number, number, number];
    await outbox.markHandled(old, later(1_000));
    await outbox.markHandled(recent, later(2_000));
    await retention.drop({ ...NOTHING, events: later(2_000) });
    const kept = await outbox.after(untold - 1, 9);
    expect(kept.map(({ sequence }) => sequence)).toEqual([untold, recent]);
  });

  it('forgets old changes but no verdict', async () => {
    const { verdicts, retention } = opened.storage;
    const [id] = (await networkOf(opened.storage, 'forget-changes', ['a'])) as [number];
    const [up, down] = [verdict(id, 'up', 0), verdict(id, 'down', 1_000, 'timeout')];
    await write(opened.storage, 'forget-changes', [change(null, up)]);
    await write(opened.storage, 'forget-changes', [change(up, down)]);
    await retention.drop({ ...NOTHING, events: later(1_000) });
    expect((await verdicts.transitions(id, 9)).map(({ to }) => to)).toEqual(['down']);
    await retention.drop({ ...NOTHING, events: later(1_001) });
    expect(await verdicts.transitions(id, 9)).toEqual([]);
    expect(await verdicts.of([id])).toEqual([down]);
  });

  it('counts the states of a network, machines and services apart; who was never judged is unknown, who was removed is not counted', async () => {
    const { networks, machines, verdicts } = opened.storage;
    const names = ['a', 'b', 'c', 'd'].map(name => machine(name));
    await networks.acceptVersion({ ...versionOf('counts', 1, names), services: ['shop', 'wiki'] });
    const ids = new Map((await machines.listWatched('counts')).map(({ name, machineId }) => [name, machineId]));
    await write(opened.storage, 'counts', [
      change(null, verdict(ids.get('a')!, 'up', 0)),
      change(null, verdict(ids.get('b')!, 'down', 0, 'dns')),
      change(null, verdict(ids.get('shop')!, 'down', 0, 'tls')),
    ]);
    await networks.acceptVersion({ ...versionOf('counts', 2, names.slice(0, 3)), services: ['shop', 'wiki'] });
    const none = { up: 0, degraded: 0, down: 0, unknown: 0, maintenance: 0 };
    expect(await verdicts.counts('counts')).toEqual({ ...none, up: 1, down: 1, unknown: 1 });
    expect(await verdicts.counts('counts', 'service')).toEqual({ ...none, down: 1, unknown: 1 });
  });

  it('the entry of a service says that it is one', async () => {
    const { networks, machines, outbox } = opened.storage;
    await networks.acceptVersion({ ...versionOf('served', 1, []), services: ['shop'] });
    const { machineId } = (await machines.find('served', 'service', 'shop'))!;
    const [sequence] = await write(opened.storage, 'served', [change(null, verdict(machineId, 'up', 0))]);
    expect(await outbox.find(sequence!)).toMatchObject({ machine: 'shop', kind: 'service', to: 'up' });
  });

  it('a verdict is made from what every monitor and observer saw last, and from the verdict that holds', async () => {
    const { networks, observations, verdicts } = opened.storage;
    const labels = { tier: 'db' };
    const given = [machine('new'), machine('seen', { labels, address: '10.0.0.1' }), machine('gone')];
    await networks.acceptVersion({ ...versionOf('judged', 1, given), services: ['shop'] });
    const ids = (await opened.storage.machines.listWatched('judged')).map(({ machineId }) => machineId);
    const [gone, fresh, seen, shop] = ids as [number, number, number, number];
    const held = verdict(seen, 'up', 0);
    await write(opened.storage, 'judged', [change(null, held)]);
    await observations.record(
      [
        observation(seen, 0, { monitor: 'ssh', detail: 'open' }),
        observation(seen, 0, { observer: 'par-1' }),
        missed(seen, 10_000, { detail: 'no answer' }),
        missed(gone, 0),
      ],
      WINDOW_MS,
    );
    await networks.acceptVersion({ ...versionOf('judged', 2, given.slice(0, 2)), services: ['shop'] });
    const common = { host: false, address: null, labels: {}, current: null, pause: null, seen: [] };
    const machines = await verdicts.judged(ids);
    expect(new Map(machines.map(one => [one.machineId, one]))).toEqual(
      new Map<number, JudgedMachine>([
        [fresh, { ...common, machineId: fresh, kind: 'machine', name: 'new', netdata: 'http://new:19999' }],
        [shop, { ...common, machineId: shop, kind: 'service', name: 'shop', netdata: null }],
        [
          seen,
          {
            ...common,
            machineId: seen,
            kind: 'machine',
            name: 'seen',
            netdata: 'http://seen:19999',
            address: '10.0.0.1',
            labels,
            current: held,
            seen: [
              { ...seenBy('netdata', 'local', 10_250), reason: 'timeout', detail: 'no answer', misses: 1 },
              seenBy('netdata', 'par-1', 250),
              { ...seenBy('ssh', 'local', 250), detail: 'open' },
            ],
          },
        ],
      ]),
    );
    expect(await verdicts.judged([])).toEqual([]);
  });

  it('who waits for the others decides about what is known when it is his turn', async () => {
    const { observations, verdicts } = opened.storage;
    const [id] = (await networkOf(opened.storage, 'present', ['a'])) as [number];
    await observations.record([missed(id, 0)], WINDOW_MS);
    const gate = await closeGate(opened.database.url, 'busy');
    const [busy] = (await networkOf(opened.storage, 'busy', ['a'])) as [number];
    const others = write(opened.other, 'busy', [change(null, verdict(busy, 'up', 0))]);
    await waitFor(async () => (await gate.waiting()) === 1);
    const decidedOn: (readonly JudgedMachine[])[] = [];
    const mine = verdicts.change('present', [id], machines => {
      decidedOn.push(machines);
      return [];
    });
    await waitFor(async () => (await gate.waiting()) === 2);
    await observations.record([observation(id, 10_000)], WINDOW_MS);
    await gate.open();
    expect([await others, await mine]).toEqual([[expect.any(Number)], []]);
    expect(decidedOn.map(machines => machines.map(({ seen }) => seen.map(({ reason }) => reason)))).toEqual([[[null]]]);
  });

  it('an observation that comes while a change is written is stored after it', async () => {
    const { observations } = opened.storage;
    const [id] = (await networkOf(opened.storage, 'held', ['a'])) as [number];
    const up = verdict(id, 'up', 0);
    await write(opened.storage, 'held', [change(null, up)]);
    await observations.record([missed(id, 0)], WINDOW_MS);
    const gate = await closeGate(opened.database.url, 'held');
    const changing = write(opened.storage, 'held', [change(up, verdict(id, 'down', 1_000, 'timeout'))]);
    await waitFor(async () => (await gate.waiting()) === 1);
    let recorded = false;
    const recording = opened.other.observations.record([observation(id, 10_000)], WINDOW_MS);
    void recording.then(() => (recorded = true));
    await waitFor(async () => recorded || (await gate.waitingForRows()) === 1);
    expect(recorded).toBe(false);
    await gate.open();
    await changing;
    // Up when this began to be stored, down by now: it has to be judged again.
    expect(await recording).toEqual([id]);
    expect((await observations.latestOf([id]))[0]).toMatchObject({ reason: null, misses: 0 });
  });
});

function seenBy(monitor: string, observer: string, atMs: number): JudgedMachine['seen'][number] {
  const at = later(atMs);
  return { monitor, observer, observedAt: at, reason: null, detail: null, misses: 0, since: at };
}
