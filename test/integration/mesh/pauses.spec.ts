import { describe, expect, it } from 'vitest';
import {
  BackfillPlanner,
  type CollectorParts,
  LiveReader,
  PausedMachines,
  ProbePlanner,
  ProbeRunner,
  WatchedMachines,
  WindowCollector,
  WindowPlanner,
} from '#collector';
import type { AuditNote, Storage } from '#storage';
import { databases, waitFor } from '../../support/services.ts';
import { later, T0, useStorage, WINDOW_MS } from '../storage/fixtures.ts';
import { WatchedNetwork } from './watched-network.ts';

const SECOND = 1_000;
const BODY = `
machines:
  - { name: a, netdata: "http://a:19999", address: a }
  - { name: b, netdata: "http://b:19999", address: b }
monitors:
  - { name: agents, kind: netdata, interval: 10s, timeout: 3s }
  - { name: ssh, kind: port, interval: 10s, on: [a, b] }
`;

/** A network of two machines, one of which is paused by hand. */
class PausedNetwork extends WatchedNetwork {
  /** The names of the machines that any monitor was asked about, in whatever way. */
  readonly touched: string[] = [];
  private readonly there: Storage;

  constructor(storage: Storage, name: string) {
    super(storage, name);
    this.there = storage;
  }

  note(action: string): AuditNote {
    const nobody = { accountId: null, via: null, address: null };
    return { ...nobody, at: this.clock.now(), actor: 'alice@acme.example', action, subject: 'machine:a', details: {} };
  }

  async pause(name: string, until: Date | null = null, note: string | null = null): Promise<void> {
    const pause = { machineId: this.id(name), by: 'alice@acme.example', since: this.clock.now(), until, note };
    await this.there.pauses.begin(pause, this.note('machine.pause'));
  }

  resume(name: string): Promise<boolean> {
    return this.there.pauses.end(this.id(name), this.clock.now(), this.note('machine.resume'));
  }

  parts(): CollectorParts {
    const touch = (machine: { readonly name: string }): void => void this.touched.push(machine.name);
    const nothing = {
      latencyMs: null,
      clockOffsetMs: null,
      values: null,
      fullestMount: null,
      measures: null,
      facts: null,
    };
    const monitor = {
      source: 'agent',
      probe: (machine: { name: string }) => {
        touch(machine);
        return Promise.resolve({ ...nothing, reason: 'refused', detail: 'no' });
      },
      live: (machine: { name: string }) => {
        touch(machine);
        return Promise.resolve(null);
      },
      readWindow: (machine: { name: string }) => {
        touch(machine);
        return Promise.resolve({ reason: 'refused', detail: 'no' });
      },
    };
    return {
      storage: this.there,
      publisher: this.publisher,
      clock: this.clock,
      log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
      monitors: { of: () => monitor, metricsOf: () => monitor },
      networks: () => [this.name],
      networkFile: this.networkFile,
      paused: (network: string) => this.there.pauses.pausedIn(network, this.clock.now()),
      windowMs: WINDOW_MS,
      windowGraceMs: 0,
      observerOf: () => 'local',
      worker: 'test',
    } as unknown as CollectorParts;
  }

  /** The machines that the planner wants to have looked at, and those that it wants to have judged. */
  async plan(parts: CollectorParts): Promise<{ probed: string[]; judged: string[] }> {
    this.publisher.published.length = 0;
    const planner = new ProbePlanner(parts, new WatchedMachines(this.there));
    await planner.handlers()['probe.plan']({ tick: 0 }, undefined as never);
    const names = (ids: readonly number[]): string[] => ['a', 'b'].filter(name => ids.includes(this.id(name)));
    return {
      probed: names(this.publisher.of('probe.run').flatMap(({ machines }) => machines)),
      judged: names(this.publisher.of('verdict.evaluate').flatMap(({ machines }) => machines)),
    };
  }
}

describe.each(databases())('a pause, on $name', ({ url }) => {
  const opened = useStorage(url);
  const networkOf = async (name: string): Promise<PausedNetwork> => {
    const network = new PausedNetwork(opened.storage, name);
    await network.accept(1, BODY);
    return network;
  };

  it('makes the verdict maintenance, whatever was and is seen, and says who and until when', async () => {
    const network = await networkOf('verdict');
    await network.see('a', 'agents');
    await network.judge('a');
    await network.pause('a', later(3_600 * SECOND), 'new disks');
    await network.judge('a');
    await network.see('a', 'agents', { reason: 'refused' });
    await network.judge('a');
    const until = later(3_600 * SECOND)
      .toISOString()
      .slice(0, 16)
      .replace('T', ' ');
    expect(await network.changes('a')).toEqual([
      expect.stringContaining('new→up'),
      `up→maintenance: paused by alice@acme.example until ${until} UTC: new disks`,
    ]);
    expect(await network.verdict('a')).toMatchObject({ state: 'maintenance', reason: null });
  });

  it('is over when it is ended: the next look says how the machine is', async () => {
    const network = await networkOf('ended');
    await network.pause('a');
    await network.judge('a');
    network.clock.set(60 * SECOND);
    expect(await network.resume('a')).toBe(true);
    expect(await network.resume('a')).toBe(false);
    await network.see('a', 'agents');
    await network.judge('a');
    expect((await network.changes('a')).map(change => change.split(':')[0])).toEqual([
      'new→maintenance',
      'maintenance→up',
    ]);
  });

  it('is not told as unknown between its end and the next look', async () => {
    const network = await networkOf('between');
    await network.see('a', 'agents');
    await network.see('b', 'agents');
    await network.judge('a', 'b');
    const planner = new ProbePlanner(network.parts(), new WatchedMachines(opened.storage));
    const judgedAt = async (ms: number): Promise<string[]> => {
      network.clock.set(ms);
      network.publisher.published.length = 0;
      await planner.handlers()['probe.plan']({ tick: 0 }, undefined as never);
      const ids = network.publisher.of('verdict.evaluate').flatMap(({ machines }) => machines);
      return ['a', 'b'].filter(name => ids.includes(network.id(name)));
    };
    await judgedAt(0);
    await network.pause('a');
    await network.judge('a');
    expect(await judgedAt(600 * SECOND)).toEqual(['b']);
    await network.resume('a');
    expect(await judgedAt(610 * SECOND)).toEqual(['b']);
    expect(await judgedAt(700 * SECOND)).toEqual(['a', 'b']);
  });

  it('is kept by the planner: what is paused is not probed, and judged when it was not yet', async () => {
    const network = await networkOf('planned');
    const parts = network.parts();
    expect((await network.plan(parts)).probed).toEqual(['a', 'b']);
    await network.pause('a');
    expect(await network.plan(parts)).toEqual({ probed: ['b'], judged: ['a'] });
    await network.judge('a');
    expect(await network.plan(parts)).toEqual({ probed: ['b'], judged: [] });
    await network.resume('a');
    expect((await network.plan(parts)).probed).toEqual(['a', 'b']);
  });

  it('ends by itself when its time has come, once, with an entry in the audit log', async () => {
    const network = await networkOf('expires');
    const parts = network.parts();
    await network.pause('a', later(60 * SECOND));
    expect((await network.plan(parts)).probed).toEqual(['b']);
    network.clock.set(60 * SECOND);
    expect((await network.plan(parts)).probed).toEqual(['a', 'b']);
    await network.plan(parts);
    const entries = await opened.storage.audit.page({
      limit: 100,
      action: 'machine.resume',
      subject: 'machine:expires/a',
    } as never);
    expect(entries).toEqual([
      expect.objectContaining({
        actor: 'server',
        accountId: null,
        details: { until: later(60 * SECOND).toISOString() },
      }),
    ]);
    expect(await network.resume('a')).toBe(false);
  });

  it('keeps every reader away: probes that were queued before, windows, live values and the past', async () => {
    const network = await networkOf('readers');
    const parts = network.parts();
    await network.see('a', 'agents', { values: {} as never });
    await network.see('b', 'agents', { values: {} as never });
    await network.plan(parts);
    const [job] = network.publisher.of('probe.run').filter(({ monitor }) => monitor === 'agents');
    await network.pause('a');

    const runner = new ProbeRunner(parts, new WatchedMachines(opened.storage));
    const context = { id: 'test', try: 1, signal: new AbortController().signal };
    if (job === undefined) throw new Error('nothing was planned');
    await runner.handlers()['probe.run'](job, context);
    expect(network.touched).toEqual(['b']);

    const machines = await opened.storage.machines.list('readers');
    await new LiveReader(parts, 'here').read(machines, context.signal, () => undefined);
    expect(network.touched).toEqual(['b', 'b']);

    network.clock.set(WINDOW_MS + 20 * SECOND);
    const planner = new WindowPlanner(parts, new BackfillPlanner(parts));
    await planner.handlers()['window.plan']({ tick: 0 }, context);
    for (const payload of network.publisher.of('window.collect'))
      await new WindowCollector(parts).handlers()['window.collect'](payload, context);
    expect(network.touched.slice(2)).toEqual(['b']);
    const rows = await opened.storage.metricRows.read(network.id('a'), T0, later(WINDOW_MS));
    expect(rows).toEqual([expect.objectContaining({ reachable: false, reason: 'unobserved', metrics: {} })]);

    const now = network.clock.now();
    const take = { now, leaseUntil: later(WINDOW_MS + 60 * SECOND), answeredSince: T0, atOnce: 4 };
    const taken = await opened.storage.backfills.take('readers', take);
    expect(taken.map(({ name }) => name)).not.toContain('a');
  });

  it('of a machine that is taken out of the file and put in again is over', async () => {
    const network = await networkOf('removed');
    await network.pause('a');
    await network.accept(2, BODY.replace(/ {2}- \{ name: a,.*\n/, '').replace('[a, b]', '[b]'));
    await network.accept(3, BODY);
    expect(await opened.storage.pauses.of([network.id('a')], network.clock.now())).toEqual([]);
  });

  it('of a machine that was paused while it was being taken out is over when it is put in again', async () => {
    const network = await networkOf('revived');
    const machineId = network.id('a');
    await network.accept(2, BODY.replace(/ {2}- \{ name: a,.*\n/, '').replace('[a, b]', '[b]'));
    const pause = { machineId, by: 'alice@acme.example', since: network.clock.now(), until: null, note: null };
    await opened.storage.pauses.begin(pause, network.note('machine.pause'));
    await network.accept(3, BODY);
    expect(network.id('a')).toBe(machineId);
    expect(await opened.storage.pauses.of([network.id('a')], network.clock.now())).toEqual([]);
  });

  it.each(['by hand', 'by itself'])('that ended %s stays ended when the clock is set back', async how => {
    const network = await networkOf(`set-back-${how.replace(' ', '-')}`);
    const parts = network.parts();
    await network.pause('a', how === 'by itself' ? later(60 * SECOND) : null);
    await network.judge('a');
    network.clock.set(3_600 * SECOND);
    if (how === 'by hand') await network.resume('a');
    else await network.plan(parts);
    network.clock.set(10 * SECOND);
    expect((await network.plan(parts)).probed).toEqual(['a', 'b']);
    expect(await opened.storage.pauses.of([network.id('a')], network.clock.now())).toEqual([]);
    await network.see('a', 'agents');
    await network.judge('a');
    expect(await network.verdict('a')).toMatchObject({ state: 'up' });
    await network.pause('a');
    expect(await opened.storage.pauses.of([network.id('a')], network.clock.now())).toEqual([
      expect.objectContaining({ since: later(10 * SECOND) }),
    ]);
  });

  it('of a machine that is paused already only changes its end and its note', async () => {
    const network = await networkOf('again');
    await network.pause('a', null, 'first');
    network.clock.set(60 * SECOND);
    await network.pause('a', later(120 * SECOND), 'second');
    expect(await opened.storage.pauses.of([network.id('a')], network.clock.now())).toEqual([
      { machineId: network.id('a'), by: 'alice@acme.example', since: T0, until: later(120 * SECOND), note: 'second' },
    ]);
    network.clock.set(180 * SECOND);
    await network.pause('a');
    expect(await opened.storage.pauses.of([network.id('a')], network.clock.now())).toEqual([
      expect.objectContaining({ since: later(180 * SECOND), until: null, note: null }),
    ]);
  });

  it('is known everywhere within a second, and asked for once a second', async () => {
    const network = await networkOf('cached');
    const asked: string[] = [];
    const { pauses } = opened.storage;
    const counting = {
      pauses: {
        pausedIn: (name: string, now: Date) => {
          asked.push(name);
          return pauses.pausedIn(name, now);
        },
      },
    } as unknown as Storage;
    const paused = new PausedMachines(counting, network.clock);
    expect([...(await paused.of('cached'))]).toEqual([]);
    await network.pause('a');
    expect([...(await paused.of('cached'))]).toEqual([]);
    expect(asked).toEqual(['cached']);
    await waitFor(async () => (await paused.of('cached')).has(network.id('a')));
    expect(asked.length).toBe(2);
  });
});
