import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerProcess } from '../support/server-process.ts';
import { databases, waitFor } from '../support/services.ts';
import { ask } from './ask.ts';
import { query } from './callers.ts';
import { EditedNetwork } from './edited-network.ts';

describe.each(databases())('a file on disk, beside edits by the API, on $name', ({ url }) => {
  let network: EditedNetwork;
  beforeAll(async () => {
    network = await EditedNetwork.on(url);
  });
  afterAll(() => network?.dispose());

  test('is taken over as before, on top of what was edited here', async () => {
    await network.reset();
    const { version } = await network.accepted();
    await network.write((await network.onDisk()).replace('# the rest', '# the others'));
    await waitFor(async () => (await network.accepted()).version === version + 1);
    await waitFor(async () => (await network.onDisk()) === (await network.accepted()).text);
    expect((await network.accepted()).text).toContain('# the others');
  });

  test('that was begun before an edit here undoes nothing: it is told, and wins when it says so', async () => {
    await network.reset();
    const opened = await network.onDisk();
    await network.add('new');
    const mine = opened.replace('# the rest', '# my others');
    await network.write(mine);
    await waitFor(async () => (await network.accepted()).troubles.length > 0);
    const { troubles, version } = await network.accepted();
    const author = network.people.admin.email;
    expect(troubles).toEqual([
      expect.objectContaining({ detail: expect.stringContaining(author) as string, problems: [] }),
    ]);
    expect(await network.names()).toContain('new');
    expect(await network.onDisk()).toBe(mine);

    await network.add('newer');
    expect(await network.onDisk()).toBe(mine);
    await network.restarted(() => network.server.restart());
    expect(await network.names()).toContain('newer');
    expect(await network.onDisk()).toBe(mine);

    await network.write(mine.replace(/version: \d+/, `version: ${version + 5}`));
    await network.untilInOrder();
    expect(await network.accepted()).toMatchObject({ version: version + 5, text: await network.onDisk() });
    expect(await network.names()).toEqual(['db-1', 'web-1']);
  });

  test('that is wrong is told to whoever edits here, and what they accept does not overwrite it', async () => {
    await network.reset();
    const broken = (await network.onDisk()).replace('http://127.0.0.1:9/a', 'ftp://x');
    await network.write(broken);
    await waitFor(async () => (await network.accepted()).troubles.length > 0);
    expect((await network.accepted()).troubles).toEqual([
      expect.objectContaining({ problems: [expect.objectContaining({ path: 'machines[1].netdata', line: 10 })] }),
    ]);
    expect((await network.does('PATCH', 'machines/web-1', { via: 'x' })).status).toBe(200);
    expect(await network.onDisk()).toBe(broken);
    await network.write((await network.accepted()).text);
    await network.untilInOrder();
  });

  test('is brought up to date when its process was killed between the database and the file', async () => {
    await network.reset();
    const before = await network.onDisk();
    await network.server.kill();
    const mine = before.replace('# the rest', '# accepted, and then killed');
    const { version, text } = await acceptAsIfKilled(network, mine, 'alice@acme.example');
    expect(await network.onDisk()).toBe(before);
    await network.restarted(() => network.server.start());
    await waitFor(async () => (await network.onDisk()) === text);
    expect((await network.accepted()).version).toBe(version);
  });

  test('that was taken over, and not written when its process was killed, is brought up to date too', async () => {
    await network.reset();
    const mine = (await network.onDisk()).replace('# the rest', '# by hand');
    await network.server.kill();
    await network.write(mine);
    const { version, text } = await acceptAsIfKilled(network, mine, 'file');
    await network.restarted(() => network.server.start());
    await waitFor(async () => (await network.onDisk()) === text);
    await network.untilInOrder();
    await network.write(text.replace('# by hand', '# by hand again'));
    await waitFor(async () => (await network.accepted()).version === version + 1);
    expect((await network.accepted()).text).toContain('# by hand again');
  });

  test('whose version cannot be raised is told, and stays as it is', async () => {
    await network.reset();
    const anchored = (await network.onDisk())
      .replace(/version: (\d+)/, 'version: &v $1')
      .concat('quorum: { observers: *v, agree: 1 }\n');
    await network.write(anchored);
    await waitFor(async () => (await network.accepted()).troubles.length > 0);
    expect((await network.accepted()).troubles).toEqual([
      expect.objectContaining({ problems: [expect.objectContaining({ path: 'version' })] }),
    ]);
    expect(await network.onDisk()).toBe(anchored);
    await network.write((await network.accepted()).text);
    await network.untilInOrder();
  });

  test('of another process follows what a process without it has accepted', async () => {
    await network.reset();
    const other = await ServerProcess.create({ DATABASE_URL: network.database.url, RATE_LIMIT: '0', ROLES: 'api' });
    try {
      await other.network(await network.onDisk());
      await other.start();
      const reply = await ask(other.url, {
        method: 'POST',
        path: '/api/v1/networks/acme/machines',
        headers: { cookie: network.people.admin.cookie },
        body: { machines: [{ name: 'elsewhere', netdata: 'http://127.0.0.1:9' }] },
      });
      expect(reply.status).toBe(200);
      await waitFor(async () => (await network.onDisk()).includes('elsewhere'));
      const theirs = await readFile(join(other.home, 'config/networks/acme/network.yml'), 'utf8');
      expect(theirs).toBe(await network.onDisk());
    } finally {
      await other.dispose();
    }
  });
});

/** What a process leaves that dies right after its transaction, by which it accepted this text with its version raised. */
async function acceptAsIfKilled(
  { database }: EditedNetwork,
  accepted: string,
  author: string,
): Promise<{ version: number; text: string }> {
  const newest = "select version, hash from network_version where network = 'acme' order by version desc limit 1";
  const [row] = await query(database.url, newest);
  const version = Number(row?.['version']) + 1;
  const text = accepted.replace(/^version: \d+/m, `version: ${version}`);
  const hash = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  await query(
    database.url,
    `insert into network_version (network, version, content, hash, previous_hash, author, accepted_at)
     values ('acme', $1, convert_to($2, 'UTF8'), $3, $4, $5, now())`,
    [version, text, hash, row?.['hash'], author],
  );
  return { version, text };
}
