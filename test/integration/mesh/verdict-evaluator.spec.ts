import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { databases, waitFor } from '../../support/services.ts';
import { asAdministrator, useStorage } from '../storage/fixtures.ts';
import { WatchedNetwork } from './watched-network.ts';

const MACHINE = '  - { name: db-1, netdata: "http://10.0.0.1:19999", address: 10.0.0.1 }\n';
const MONITORS = `
machines:
${MACHINE}monitors:
  - { name: agents, kind: netdata }
  - { name: ssh, kind: port, on: [db-1] }
  - { name: shop, kind: port, interval: 30s }
  - { name: certificate, kind: port, interval: 1h }
`;
const SECOND = 1_000;
const HOUR = 3_600_000;

describe.each(databases())('verdicts about what is watched, on $name', ({ url }) => {
  const opened = useStorage(url);

  async function watch(name: string, body = MONITORS): Promise<WatchedNetwork> {
    const network = new WatchedNetwork(opened.storage, name);
    await network.accept(1, body);
    return network;
  }

  it('an agent that is gone is told although a port of the machine answers', async () => {
    const network = await watch('gone');
    const gone = { reason: 'refused', detail: 'nothing listens at 10.0.0.1:19999', values: null } as const;
    await network.see('db-1', 'agents');
    await network.see('db-1', 'ssh', { values: null, detail: 'open' });
    await network.judge('db-1');
    for (const second of [10, 20, 30]) {
      network.clock.set(second * SECOND);
      await network.see('db-1', 'agents', gone);
      await network.see('db-1', 'ssh', { values: null, detail: 'open' });
      await network.judge('db-1');
    }
    expect(await network.changes('db-1')).toEqual([
      'new→up: 1 of 1 observers reach it',
      'up→down: refused (nothing listens at 10.0.0.1:19999); 1 of 1 observers missed it 3 times in a row',
    ]);
    expect(await network.verdict('db-1')).toMatchObject({ state: 'down', reason: 'refused' });
    expect(network.publisher.of('transition.announce')).toHaveLength(2);
  });

  it('a check that fails on a machine is not the machine', async () => {
    const network = await watch('check');
    for (const second of [0, 10, 20, 30]) {
      network.clock.set(second * SECOND);
      await network.see('db-1', 'agents');
      await network.see('db-1', 'ssh', { reason: 'refused', values: null });
      await network.judge('db-1');
    }
    expect(await network.changes('db-1')).toEqual(['new→up: 1 of 1 observers reach it']);
  });

  it('a service is what its monitor says; when that cannot look, nobody knows, in its own words', async () => {
    const network = await watch('service');
    await network.see('shop', 'shop', { values: null, detail: '200 in 12 ms' });
    await network.judge('shop');
    network.clock.set(30 * SECOND);
    await network.see('shop', 'shop', { reason: 'unobserved', values: null, detail: 'the plugin threw: no token' });
    await network.judge('shop');
    network.clock.set(60 * SECOND);
    await network.see('shop', 'shop', { values: null });
    await network.judge('shop');
    expect(await network.changes('shop')).toEqual([
      'new→up: 1 of 1 observers reach it',
      'up→unknown: the plugin threw: no token',
      'unknown→up: 1 of 1 observers reach it',
    ]);
  });

  it('what looks every hour speaks for three hours, what looks every 10 s for 39 s', async () => {
    const network = await watch('fresh');
    for (const [name, monitor] of [['certificate'], ['shop'], ['db-1', 'agents']] as const)
      await network.see(name, monitor ?? name);
    const states = async (ms: number): Promise<unknown[]> => {
      network.clock.set(ms);
      await network.judge('db-1', 'shop', 'certificate');
      return Promise.all(['db-1', 'shop', 'certificate'].map(async name => (await network.verdict(name))?.state));
    };
    expect(await states(39 * SECOND)).toEqual(['up', 'up', 'up']);
    expect(await states(40 * SECOND)).toEqual(['unknown', 'up', 'up']);
    expect(await states(100 * SECOND)).toEqual(['unknown', 'unknown', 'up']);
    expect(await states(3 * HOUR)).toEqual(['unknown', 'unknown', 'up']);
    expect(await states(3 * HOUR + 10 * SECOND)).toEqual(['unknown', 'unknown', 'unknown']);
    expect((await network.changes('certificate')).at(-1)).toBe('up→unknown: nobody has looked at it for 3h');
  });

  it('what a monitor saw that is not in the file any more counts nothing', async () => {
    const network = await watch('former');
    await network.see('db-1', 'agents');
    await network.judge('db-1');
    await network.accept(2, `machines:\n${MACHINE}monitors:\n  - { name: others, kind: netdata }\n`);
    await network.judge('db-1');
    expect((await network.changes('db-1')).at(-1)).toBe('up→unknown: nobody has looked at it yet');
  });

  it('what the file does not name any more is not judged', async () => {
    const network = await watch('removed');
    const before = network.id('shop');
    await network.see('shop', 'shop');
    await network.accept(2, `machines:\n${MACHINE}`);
    await network.judgeIds([before]);
    expect(await opened.storage.verdicts.of([before])).toEqual([]);
  });

  it('two workers that judge the same at once change it once', async () => {
    const network = await watch('twice');
    await network.see('db-1', 'agents');
    await Promise.all([network.judge('db-1'), network.judge('db-1'), network.judge('db-1')]);
    expect(await network.changes('db-1')).toHaveLength(1);
    expect(network.publisher.of('transition.announce')).toHaveLength(1);
  });

  it('a verdict that had to wait for others is about the present: who answered meanwhile is not down', async () => {
    const network = await watch('stale');
    await network.see('db-1', 'agents');
    await network.judge('db-1');
    for (const second of [10, 20, 30]) {
      network.clock.set(second * SECOND);
      await network.see('db-1', 'agents', { reason: 'timeout', values: null });
    }
    const others = new Client({ connectionString: opened.database.url });
    await others.connect();
    await others.query(`select pg_advisory_lock(hashtextextended('distomon.outbox', 0))`);
    const judging = network.judge('db-1');
    await waitFor(async () => (await waitingSessions(opened.database.url)) === 1);
    network.clock.set(40 * SECOND);
    await network.see('db-1', 'agents');
    await others.end();
    await judging;
    expect(await network.changes('db-1')).toEqual(['new→up: 1 of 1 observers reach it']);
  });
});

async function waitingSessions(url: string): Promise<number> {
  const [row] = await asAdministrator<{ sessions: number }>(
    url,
    `select count(*)::int as sessions from pg_locks join pg_database on database = pg_database.oid
     where datname = current_database() and locktype = 'advisory' and not granted`,
  );
  return row!.sessions;
}
