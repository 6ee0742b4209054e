import { describe, expect, it } from 'vitest';
import type { AcceptOutcome, StoredMachine, VersionToAccept } from '#storage';
import { databases } from '../../support/services.ts';
import { later, machine, T0, useStorage, versionOf } from './fixtures.ts';

describe.each(databases())('networks on $name', ({ url }) => {
  const opened = useStorage(url);

  it('an accepted version is the current one, byte for byte', async () => {
    const { networks } = opened.storage;
    const version = {
      ...versionOf('bytes', 1, [machine('a')]),
      text: '\uFEFFnetwork_id: bytes\r\n# "ü" \u{1F600} \\ \' ?\n',
    };
    expect(await networks.acceptVersion(version)).toBe('accepted');
    const { network, text, hash, author } = version;
    expect(await networks.current('bytes')).toEqual({ network, version: 1, text, hash, author, acceptedAt: T0 });
    expect(await networks.current('nobody')).toBeNull();
  });

  it('lists networks in the order of their bytes, whatever the locale of the server', async () => {
    for (const network of ['zeta', 'Zeta', 'alpha', 'a-b', 'aa'])
      await opened.storage.networks.acceptVersion(versionOf(network, 1, []));
    const listed = await opened.storage.networks.list();
    expect(listed.filter(name => name !== 'bytes')).toEqual(['Zeta', 'a-b', 'aa', 'alpha', 'zeta']);
  });

  it.each([
    ['the same text again', { version: 1, expectedVersion: null, same: true }, 'unchanged'],
    ['a number that does not rise', { version: 1, expectedVersion: 1, same: false }, 'stale'],
    ['an author who has seen nothing', { version: 2, expectedVersion: null, same: false }, 'stale'],
    ['an author who has seen another version', { version: 9, expectedVersion: 7, same: false }, 'stale'],
    ['an author who has seen the current version', { version: 5, expectedVersion: 1, same: false }, 'accepted'],
  ])('%s', async (title, { version, expectedVersion, same }, outcome) => {
    const network = `cas-${title}`;
    const first = versionOf(network, 1, [machine('a')]);
    await opened.storage.networks.acceptVersion(first);
    const next = { ...(same ? first : versionOf(network, version, [])), version, expectedVersion };
    expect(await opened.storage.networks.acceptVersion(next)).toBe(outcome);
    expect((await opened.storage.networks.current(network))?.version).toBe(outcome === 'accepted' ? version : 1);
    expect(await opened.storage.machines.list(network)).toHaveLength(outcome === 'accepted' ? 0 : 1);
  });

  it('knows the head of a network, and every text it ever accepted', async () => {
    const { networks } = opened.storage;
    expect(await networks.head('heads')).toBeNull();
    const [first, second, never] = [1, 2, 3].map(version => versionOf('heads', version, [])) as [
      VersionToAccept,
      VersionToAccept,
      VersionToAccept,
    ];
    for (const version of [first, second]) await networks.acceptVersion(version);
    expect(await networks.head('heads')).toEqual({ version: 2, hash: second.hash });
    const accepted = [first, second, never].map(({ hash }) => networks.wasAccepted('heads', hash));
    expect(await Promise.all(accepted)).toEqual([true, true, false]);
    expect(await networks.wasAccepted('other', first.hash)).toBe(false);
  });

  it('writes a note into the audit log with the version that it tells of, and not without it', async () => {
    const { networks, audit } = opened.storage;
    const nobody = { accountId: null, via: null, address: null };
    const note = {
      ...nobody,
      at: T0,
      actor: 'alice',
      action: 'network.change',
      subject: 'network:noted',
      details: { n: 1 },
    };
    const first = { ...versionOf('noted', 1, [machine('a')]), note };
    expect(await networks.acceptVersion(first)).toBe('accepted');
    expect(await networks.acceptVersion(first)).toBe('unchanged');
    expect(await networks.acceptVersion({ ...versionOf('noted', 5, []), expectedVersion: 3, note })).toBe('stale');
    const twice = { ...versionOf('noted', 2, [machine('b'), machine('b')]), note };
    await expect(networks.acceptVersion(twice)).rejects.toThrow(/machine_name/);
    const wish = { before: null, limit: 100, subject: 'network:noted' };
    expect(await audit.page(wish as never)).toEqual([expect.objectContaining({ actor: 'alice', details: { n: 1 } })]);
  });

  it('knows the last version after another that was not made by a file', async () => {
    const { networks } = opened.storage;
    for (const [version, author] of [
      [1, 'file'],
      [2, 'bob'],
      [3, 'alice'],
      [4, 'file'],
    ] as const)
      await networks.acceptVersion({ ...versionOf('authors', version, []), author });
    const after = await Promise.all([0, 1, 2, 3, 4].map(version => networks.madeHereAfter('authors', version)));
    expect(after.map(made => made?.version ?? null)).toEqual([3, 3, 3, null, null]);
    expect(after[0]).toEqual({ version: 3, author: 'alice' });
  });

  it('a machine without an id keeps its rows when it is renamed by its former name, also one after another', async () => {
    const { networks, machines } = opened.storage;
    const idOf = async (name: string): Promise<number | undefined> =>
      (await machines.find('renamed', 'machine', name))?.machineId;
    await networks.acceptVersion(versionOf('renamed', 1, [machine('a')]));
    const a = await idOf('a');
    await networks.acceptVersion(versionOf('renamed', 2, [machine('b', { id: 'a' })]));
    expect(await idOf('b')).toBe(a);
    await networks.acceptVersion(versionOf('renamed', 3, [machine('a')]));
    const another = await idOf('a');
    expect(another).not.toBe(a);
    await networks.acceptVersion(versionOf('renamed', 4, [machine('c', { id: 'a' })]));
    expect(await idOf('c')).toBe(another);
  });

  it('remembers what is wrong with a file since it began, by process, until it is in order', async () => {
    const { fileTroubles } = opened.storage;
    const problems = [{ line: 3, path: 'machines[0].netdata', message: 'is "no" URL' }];
    const trouble = { process: 'one', since: T0, detail: 'problems', problems };
    await fileTroubles.note('troubled', trouble);
    await fileTroubles.note('troubled', { ...trouble, since: later(1_000), problems: [] });
    await fileTroubles.note('troubled', { ...trouble, process: 'two', since: later(2_000), detail: 'both sides' });
    expect(await fileTroubles.of('troubled')).toEqual([
      { ...trouble, problems: [] },
      { process: 'two', since: later(2_000), detail: 'both sides', problems },
    ]);
    await fileTroubles.note('troubled', { ...trouble, since: later(3_000), detail: 'other problems' });
    expect((await fileTroubles.of('troubled')).map(({ since }) => since)).toEqual([later(2_000), later(3_000)]);
    await fileTroubles.clear('troubled', 'one');
    await fileTroubles.clear('troubled', 'two');
    expect(await fileTroubles.of('troubled')).toEqual([]);
  });

  it('forgets what was wrong with files when another version is accepted: who is gone cannot take it back', async () => {
    const { networks, fileTroubles } = opened.storage;
    for (const network of ['mended', 'other'])
      await fileTroubles.note(network, { process: 'gone', since: T0, detail: 'problems', problems: [] });
    await networks.acceptVersion(versionOf('mended', 1, []));
    expect(await fileTroubles.of('mended')).toEqual([]);
    expect(await fileTroubles.of('other')).toHaveLength(1);
  });

  it('of two writers of one version one is accepted, the other is stale, also for the first version', async () => {
    for (const version of [1, 2]) {
      const writers = [opened.storage, opened.other].map((storage, index) =>
        storage.networks.acceptVersion(versionOf('race', version, [machine(`m${version}-${index}`)])),
      );
      expect((await Promise.all(writers)).sort()).toEqual(['accepted', 'stale']);
    }
    expect(await opened.storage.machines.list('race')).toHaveLength(1);
  });

  it('a version whose machines cannot be stored changes nothing', async () => {
    await opened.storage.networks.acceptVersion(versionOf('whole', 1, [machine('a')]));
    const twice = versionOf('whole', 2, [machine('b'), machine('b')]);
    await expect(opened.storage.networks.acceptVersion(twice)).rejects.toThrow(/machine_name/);
    expect((await opened.storage.networks.current('whole'))?.version).toBe(1);
    expect((await opened.storage.machines.list('whole')).map(({ name }) => name)).toEqual(['a']);
  });

  it('a database that remembers its window refuses another one and names both', async () => {
    await opened.storage.networks.rememberWindow(600_000);
    await expect(opened.other.networks.rememberWindow(600_000)).resolves.toBeUndefined();
    await expect(opened.other.networks.rememberWindow(60_000)).rejects.toMatchObject({
      code: 'WINDOW_MISMATCH',
      message: expect.stringMatching(/600 s.*60 s/) as string,
    });
  });
});

describe.each(databases())('machines on $name', ({ url }) => {
  const opened = useStorage(url);

  it('keeps every field of the file', async () => {
    const entry = machine('all', {
      id: 'x-1',
      host: true,
      via: 'fra-1',
      labels: { tier: 'db', 'odd ?? key': "it's \\ ü" },
    });
    await opened.storage.networks.acceptVersion(versionOf('fields', 1, [entry]));
    const stored = await opened.storage.machines.find('fields', 'machine', 'all');
    const more = { machineId: stored?.machineId, kind: 'machine', network: 'fields', addedAt: T0, agent: null };
    expect(stored).toEqual({ ...entry, ...more });
  });

  it('keeps what the file says of agents that need more than a URL, and takes it back', async () => {
    const { networks, machines } = opened.storage;
    const more = { address: 'db.example', auth: 'agents', timeoutMs: 2_500, charts: ['nginx_local.requests', 'a b'] };
    for (const [version, entry] of [machine('a', more), machine('a')].entries()) {
      await networks.acceptVersion(versionOf('more', version + 1, [entry]));
      expect(await machines.find('more', 'machine', 'a')).toMatchObject(entry);
    }
  });

  it('a rename by id keeps the machine id; two machines swap their names', async () => {
    const { networks, machines } = opened.storage;
    await networks.acceptVersion(
      versionOf('swap', 1, [machine('a', { id: 'x' }), machine('b', { id: 'y' }), machine('c', { id: 'z' })]),
    );
    const before = new Map((await machines.list('swap')).map(({ id, machineId }) => [id, machineId]));
    await networks.acceptVersion(
      versionOf('swap', 2, [machine('b', { id: 'x' }), machine('a', { id: 'y' }), machine('d', { id: 'z' })]),
    );
    const after = await machines.list('swap');
    expect(after.map(({ name, id }) => `${name}=${id}`)).toEqual(['a=y', 'b=x', 'd=z']);
    expect(new Map(after.map(({ id, machineId }) => [id, machineId]))).toEqual(before);
  });

  it('a machine that vanishes keeps its id, is found by it, and comes back as itself, added anew', async () => {
    const { networks, machines } = opened.storage;
    await networks.acceptVersion(versionOf('return', 1, [machine('a'), machine('b')]));
    const [a, b] = await machines.list('return');
    await networks.acceptVersion({ ...versionOf('return', 2, [machine('a')]), at: later(1000) });
    expect(await machines.find('return', 'machine', 'b')).toBeNull();
    expect((await machines.byIds([b!.machineId])).map(({ name }) => name)).toEqual(['b']);
    await networks.acceptVersion({ ...versionOf('return', 3, [machine('a'), machine('b')]), at: later(2000) });
    expect(await machines.list('return')).toEqual([a, { ...b, addedAt: later(2000) }]);
  });

  it('pages through the names in the order of their bytes', async () => {
    const names = ['B', 'Z', 'a', 'a-1', 'a1', 'b', 'ä'];
    await opened.storage.networks.acceptVersion(
      versionOf(
        'pages',
        1,
        names.toReversed().map(name => machine(name)),
      ),
    );
    const seen: string[] = [];
    for (let after: string | null = null; ; after = seen.at(-1) ?? null) {
      const page = await opened.storage.machines.page('pages', 'machine', after, 3);
      seen.push(...page.map(({ name }) => name));
      if (page.length < 3) break;
    }
    expect(seen).toEqual(names);
  });

  it('remembers what was learned about an agent, also odd characters, and forgets it with no new version', async () => {
    const { networks, machines } = opened.storage;
    await networks.acceptVersion(versionOf('agents', 1, [machine('a')]));
    const [{ machineId } = { machineId: 0 }] = await machines.list('agents');
    const facts = {
      version: 'v2.11\0',
      uid: 'u?',
      os: '\ud800',
      cores: 2,
      memoryBytes: 2 ** 40 + 1,
      rootChart: 'disk_space./',
      diskCharts: ['x'],
    };
    await machines.rememberAgent(machineId, facts, T0);
    await networks.acceptVersion(versionOf('agents', 2, [machine('a', { labels: { new: 'yes' } })]));
    expect((await machines.find('agents', 'machine', 'a'))?.agent).toEqual({
      ...facts,
      version: 'v2.11\uFFFD',
      os: '\uFFFD',
    });
  });

  it('a name with a NUL is found by nobody', async () => {
    expect(await opened.storage.machines.find('agents', 'machine', 'a\0')).toBeNull();
  });
});

describe.each(databases())('services on $name', ({ url }) => {
  const opened = useStorage(url);
  const accept = (
    version: number,
    machines: readonly string[],
    services: readonly string[],
  ): Promise<AcceptOutcome> => {
    const entries = machines.map(name => machine(name));
    const text = versionOf('acme', version, [...entries, ...services.map(name => machine(name))]);
    return opened.storage.networks.acceptVersion({ ...text, machines: entries, services });
  };
  const idsOf = async (): Promise<Record<string, number>> => {
    const watched = await opened.storage.machines.listWatched('acme');
    return Object.fromEntries(watched.map(({ kind, name, machineId }) => [`${kind} ${name}`, machineId]));
  };

  it('lie beside the machines, and are found as services only', async () => {
    await accept(1, ['db-1', 'web-1'], ['shop', 'a-wiki']);
    const { machines } = opened.storage;
    const names = (found: readonly StoredMachine[]): string[] => found.map(({ name }) => name);
    expect(names(await machines.list('acme'))).toEqual(['db-1', 'web-1']);
    expect(names(await machines.listWatched('acme'))).toEqual(['a-wiki', 'db-1', 'shop', 'web-1']);
    expect(names(await machines.page('acme', 'service', 'a-wiki', 9))).toEqual(['shop']);
    expect(names(await machines.page('acme', 'machine', null, 1))).toEqual(['db-1']);
    expect(await machines.find('acme', 'machine', 'shop')).toBeNull();
    expect(await machines.find('acme', 'service', 'db-1')).toBeNull();
    expect(await machines.find('acme', 'service', 'shop')).toMatchObject({
      kind: 'service',
      netdata: null,
      charts: [],
    });
  });

  it('a service that takes the name of a machine is another thing, and so is the machine that takes it back', async () => {
    const before = await idsOf();
    await accept(2, ['web-1'], ['db-1', 'shop']);
    const swapped = await idsOf();
    expect(swapped).toEqual({
      'machine web-1': before['machine web-1'],
      'service db-1': expect.any(Number) as number,
      'service shop': before['service shop'],
    });
    expect(Object.values(before)).not.toContain(swapped['service db-1']);
    await accept(3, ['db-1', 'web-1'], ['a-wiki', 'shop']);
    expect(await idsOf()).toEqual(before);
  });
});
