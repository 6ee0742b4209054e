import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../support/services.ts';
import { EditedNetwork, START } from './edited-network.ts';

const at = (path: string): unknown => expect.objectContaining({ path });

/** An edit that is refused. `errors`: what its problem document names, if anything. */
interface Refused {
  readonly what: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly status: number;
  readonly code: string;
  readonly errors?: unknown;
}

const REFUSED: readonly Refused[] = [
  {
    what: 'of a name that is there',
    method: 'POST',
    path: 'machines',
    body: { machines: [{ name: 'new', host: true, via: 'x' }, { name: 'db-1' }] },
    status: 409,
    code: 'MACHINE_EXISTS',
    errors: [at('name')],
  },
  {
    what: 'that is wrong in many ways',
    method: 'POST',
    path: 'machines',
    body: {
      machines: [
        { name: 'a', netdata: 'ftp://x' },
        { name: 'a' },
        { name: 'b c', netdta: 'x', host: 5 },
        { netdata: 'http://x' },
      ],
    },
    status: 422,
    code: 'NETWORK_FILE_INVALID',
    errors: expect.arrayContaining(
      ['[0].netdata', '[1].name', '[2].name', '[2].netdta', '[2].host', '[3].name'].map(path => at(`machines${path}`)),
    ),
  },
  {
    what: 'that is no machine',
    method: 'POST',
    path: 'machines',
    body: { machines: ['a', 5] },
    status: 400,
    code: 'INVALID_REQUEST',
    errors: [at('machines')],
  },
  {
    what: 'that is none at all',
    method: 'POST',
    path: 'machines',
    body: { machines: [] },
    status: 400,
    code: 'INVALID_REQUEST',
    errors: [at('machines')],
  },
  {
    what: 'that is changed to what is wrong',
    method: 'PATCH',
    path: 'machines/db-1',
    body: { netdata: 'nowhere', labels: { 'a=b': 'c' } },
    status: 422,
    code: 'NETWORK_FILE_INVALID',
    errors: expect.arrayContaining([at('netdata'), at('labels')]),
  },
  {
    what: 'that loses what it is watched by',
    method: 'PATCH',
    path: 'machines/db-1',
    body: { netdata: null },
    status: 422,
    code: 'NETWORK_FILE_INVALID',
    errors: [at('machines[1]')],
  },
  {
    what: 'that loses its name',
    method: 'PATCH',
    path: 'machines/db-1',
    body: { name: null },
    status: 422,
    code: 'NETWORK_FILE_INVALID',
    errors: [at('name')],
  },
  {
    what: 'that is renamed to another',
    method: 'PATCH',
    path: 'machines/db-1',
    body: { name: 'web-1' },
    status: 409,
    code: 'MACHINE_EXISTS',
    errors: [at('name')],
  },
  {
    what: 'with a key that there is not',
    method: 'PATCH',
    path: 'machines/db-1',
    body: { netdta: 'x' },
    status: 400,
    code: 'INVALID_REQUEST',
    errors: [at('netdta')],
  },
  {
    what: 'that is not there',
    method: 'PATCH',
    path: 'machines/nope',
    body: { host: true },
    status: 404,
    code: 'MACHINE_NOT_FOUND',
  },
  { what: 'that is not there', method: 'DELETE', path: 'machines/nope', status: 404, code: 'MACHINE_NOT_FOUND' },
  {
    what: 'called as objects are inside',
    method: 'DELETE',
    path: 'machines/__proto__',
    status: 404,
    code: 'MACHINE_NOT_FOUND',
  },
];

describe.each(databases())('editing on $name', ({ url }) => {
  let network: EditedNetwork;
  beforeAll(async () => {
    network = await EditedNetwork.on(url);
  });
  afterAll(() => network?.dispose());

  describe('a machine', () => {
    test('is added, changed, renamed and removed, in the database, in the file and with every comment', async () => {
      await network.reset();
      const { version } = await network.accepted();
      const machines = [
        { name: 'db-2', netdata: 'http://127.0.0.1:9/b' },
        { name: 'own', host: true, via: 'nobody' },
      ];
      const added = await network.does('POST', 'machines', { machines });
      const author = network.people.admin.email;
      expect([added.status, added.body]).toEqual([
        200,
        expect.objectContaining({ network: 'acme', version: version + 1, changed: true, author }),
      ]);
      expect(added.headers.etag).toBe(`"${String(added.body['hash'])}"`);
      expect(await network.names()).toEqual(['db-1', 'db-2', 'own', 'web-1']);
      const changes = { labels: { tier: 'web', rack: 'a' }, address: '127.0.0.1' };
      expect((await network.does('PATCH', 'machines/web-1', changes)).status).toBe(200);
      expect((await network.does('PATCH', 'machines/db-1', { name: 'db-0' })).status).toBe(200);
      expect((await network.does('DELETE', 'machines/own')).status).toBe(200);
      expect(await network.names()).toEqual(['db-0', 'db-2', 'web-1']);
      const { text } = await network.accepted();
      expect(text).toBe(
        START.replace('version: 1 ', `version: ${version + 4} `)
          .replace('{ tier: web }', '{ tier: web, rack: a }\n    address: "127.0.0.1"')
          .replace(
            '{ name: db-1, netdata: "http://127.0.0.1:9/a" }',
            '{ name: db-0, netdata: "http://127.0.0.1:9/a", id: db-1 }\n  - { name: db-2, netdata: "http://127.0.0.1:9/b" }',
          ),
      );
      expect(await network.onDisk()).toBe(text);
      expect((await network.accepted()).machines).toEqual([
        { name: 'web-1', netdata: 'http://127.0.0.1:9', ...changes, line: 6 },
        { name: 'db-0', netdata: 'http://127.0.0.1:9/a', id: 'db-1', line: 11 },
        { name: 'db-2', netdata: 'http://127.0.0.1:9/b', line: 12 },
      ]);
    });

    test('keeps what is known of it when it is renamed, also twice', async () => {
      await network.reset();
      const before = await network.idOf('db-1');
      await network.does('PATCH', 'machines/db-1', { name: 'db-9' });
      expect(await network.idOf('db-9')).toBe(before);
      await network.does('PATCH', 'machines/db-9', { name: 'db-10' });
      expect(await network.idOf('db-10')).toBe(before);
      expect(await network.idOf('db-9')).toBeUndefined();
    });

    test('that is as it should be makes no version', async () => {
      await network.reset();
      const { version } = await network.accepted();
      const reply = await network.does('PATCH', 'machines/web-1', { labels: { tier: 'web' }, via: null });
      expect(reply.body).toMatchObject({ version, changed: false });
      expect((await network.accepted()).version).toBe(version);
    });

    test.each(REFUSED)('$what ($method $path) changes nothing and says so', async refused => {
      await network.reset();
      const before = await network.accepted();
      const reply = await network.does(refused.method, refused.path, refused.body);
      const { status, code, errors } = refused;
      expect([reply.status, reply.code, reply.body['errors']]).toEqual([status, code, errors]);
      expect(await network.accepted()).toEqual(before);
    });

    test('that a monitor names is not removed', async () => {
      const ssh = '  - { name: ssh, kind: tcp, port: 22, on: [db-1] }\n';
      await network.put(START.replace('monitors:\n', `monitors:\n${ssh}`).replace('/a" }', '/a", address: a }'));
      const reply = await network.does('DELETE', 'machines/db-1');
      expect([reply.status, reply.code]).toEqual([422, 'NETWORK_FILE_INVALID']);
      expect(reply.body['errors']).toEqual([
        expect.objectContaining({ path: expect.stringContaining('monitors[0].on') as string }),
      ]);
    });
  });

  describe('the whole file', () => {
    test('is replaced as it is, with its number raised', async () => {
      await network.reset();
      const { etag, version } = await network.accepted();
      const text = `${START}# the end, with "quotes", ü and \u{1F600}\n`;
      const reply = await network.does('PUT', 'file', { text }, { 'if-match': etag });
      expect([reply.status, reply.body]).toEqual([
        200,
        expect.objectContaining({ version: version + 1, changed: true }),
      ]);
      expect((await network.accepted()).text).toBe(text.replace('version: 1 ', `version: ${version + 1} `));
      expect(await network.onDisk()).toBe((await network.accepted()).text);
    });

    test.each([
      ['without saying what it replaces', {}, 428, 'IF_MATCH_REQUIRED'],
      ['that replaces another text', { 'if-match': '"sha256:00"' }, 412, 'STALE'],
    ])('%s is not taken', async (_what, headers, status, code) => {
      const reply = await network.does('PUT', 'file', { text: START }, headers);
      expect([reply.status, reply.code]).toEqual([status, code]);
    });

    test('with problems names all of them with their lines', async () => {
      const { version } = await network.accepted();
      const machines = 'machines:\n  - { name: a, netdata: "ftp://x" }\n  - { name: a, host: true }\n';
      const wrong = `network_id: acme\nversion: 1\n${machines}rules: [{ name: r, metric: cpuu, above: 1 }]\n`;
      const reply = await network.put(wrong);
      expect([reply.status, reply.code]).toEqual([422, 'NETWORK_FILE_INVALID']);
      expect((reply.body['errors'] as { line: number }[]).map(({ line }) => line)).toEqual([4, 5, 6]);
      const other = await network.put('version: 1\nnetwork_id: other\n');
      expect(other.body['errors']).toEqual([{ path: 'network_id', message: 'must stay "acme"', line: 2 }]);
      expect((await network.accepted()).version).toBe(version);
    });

    const bomb = Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [${'*a,'.repeat(9)}*a]`).join('\n');
    test.each([
      ['no YAML', 'a: [\n'],
      ['nothing', ''],
      ['of a version beyond all numbers', 'network_id: acme\nversion: 9007199254740991\n'],
      ['a bomb of aliases', `network_id: acme\nversion: 1\na: &a [x]\n${bomb}`],
    ])('that is %s is refused', async (_what, text) => {
      const reply = await network.put(text);
      expect([reply.status, reply.code]).toEqual([422, 'NETWORK_FILE_INVALID']);
    });

    test('of three thousand machines is taken, and a thousand more at once; others may not even send as much', async () => {
      const machineAt = (i: number): string =>
        `  - { name: m-${i}, netdata: "http://127.0.0.1:9/${i}", labels: { rack: "${i % 40}" } }`;
      const machines = Array.from({ length: 3_000 }, (_, i) => machineAt(i)).join('\n');
      const text = `network_id: acme\nversion: 1\nmachines:\n${machines}\n`;
      expect((await network.put(text)).status).toBe(200);
      expect((await network.add(...Array.from({ length: 1_000 }, (_, i) => `n-${i}`))).status).toBe(200);
      const user = await network.people.invite({ role: 'user' });
      for (const cookie of ['', user.cookie]) {
        const reply = await network.does('PUT', 'file', { text }, { 'if-match': '*', cookie });
        expect([reply.status, reply.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
      }
    });
  });

  describe('two at once', () => {
    test('who add machines both do', async () => {
      await network.reset();
      const replies = await Promise.all(Array.from({ length: 6 }, (_, i) => network.add(`x-${i}`)));
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
      expect(new Set(replies.map(({ body }) => body['version'])).size).toBe(6);
      expect(await network.names()).toEqual(['db-1', 'web-1', 'x-0', 'x-1', 'x-2', 'x-3', 'x-4', 'x-5']);
    });

    test('or thirty at once', async () => {
      await network.reset();
      const replies = await Promise.all(Array.from({ length: 30 }, (_, i) => network.add(`y-${i}`)));
      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
      expect(await network.names()).toHaveLength(32);
    });

    test.each([
      ['replace the same text', 'PUT', 'file', (who: string) => ({ text: `${START}# ${who}\n` })],
      ['edit a machine of the same text', 'PATCH', 'machines/db-1', (who: string) => ({ labels: { who } })],
    ])('who %s: one does, the other is told', async (_what, method, path, bodyOf) => {
      await network.reset();
      const { etag } = await network.accepted();
      const edits = ['anna', 'otto'].map(who => network.does(method, path, bodyOf(who), { 'if-match': etag }));
      const replies = await Promise.all(edits);
      const winner = replies.findIndex(({ status }) => status === 200);
      expect(replies.map(({ status }) => status)).toEqual(winner === 0 ? [200, 412] : [412, 200]);
      expect((await network.accepted()).text).toContain(['anna', 'otto'][winner]);
    });
  });

  test('the highest version is the last: the file is not made one that nobody can read', async () => {
    const lonely = await EditedNetwork.on(url);
    try {
      expect((await lonely.put(START.replace('version: 1', 'version: 2000000000'))).status).toBe(200);
      const reply = await lonely.add('next');
      expect([reply.status, reply.code]).toEqual([422, 'NETWORK_FILE_INVALID']);
      expect(reply.body['errors']).toEqual([at('version')]);
      expect(await lonely.names()).toEqual(['db-1', 'web-1']);
    } finally {
      await lonely.dispose();
    }
  });

  test('who did what stands in the audit log', async () => {
    await network.reset();
    await network.add('noted');
    const { version, etag } = await network.accepted();
    const { body } = await network.people.does({ path: '/api/v1/audit?action=network.change&limit=1' });
    const names = { added: ['noted'], changed: [], removed: [] };
    expect((body['items'] as unknown[])[0]).toMatchObject({
      actor: network.people.admin.email,
      subject: 'network:acme',
      details: { version, from: version - 1, hash: JSON.parse(etag) as string, ...names },
    });
  });
});
