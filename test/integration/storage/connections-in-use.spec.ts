import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { openStorage } from '#storage';
import { databases, waitFor } from '../../support/services.ts';
import { asAdministrator, useStorage } from './fixtures.ts';

const COUNT = `select current_setting('max_connections')::int as max, count(*)::int as used
  from pg_stat_activity where backend_type = 'client backend'`;

describe.each(databases())('the connections in use on $name', ({ url }) => {
  const opened = useStorage(url);

  it('are those of everybody, also for a user who may not look at the sessions of others', async () => {
    const name = `somebody_${process.pid}`;
    await asAdministrator(opened.database.url, `create role ${name} login`);
    const asSomebody = Object.assign(new URL(opened.database.url), { username: name });
    const storage = await openStorage({ url: asSomebody.href, applicationName: 'somebody' });
    const others = await Promise.all([1, 2, 3].map(() => connect(url)));
    try {
      // Other test files come and go on the same server: both have to be asked while it is quiet.
      await waitFor(async () => {
        const counted = await others[0]?.query<{ max: number; used: number }>(COUNT);
        expect(await storage.connections()).toEqual(counted?.rows[0]);
        return true;
      });
    } finally {
      await Promise.all([storage.close(), ...others.map(other => other.end())]);
      await asAdministrator(opened.database.url, `drop role ${name}`);
    }
  });
});

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
}
