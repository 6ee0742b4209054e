import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { Passwords, SignIn } from '#auth';
import { databases } from '../../support/services.ts';
import { from, SESSION, useWorld } from './world.ts';

/** Everything that the database holds, as text; bytes both as they are written and as the text they may be. */
async function everythingIn(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const texts: string[] = [];
    for (const { name } of rows) {
      const found = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      texts.push(...found.rows.map(({ row }) => row));
    }
    return texts.join('\n');
  } finally {
    await client.end();
  }
}

describe.each(databases())('secrets on $name', ({ url }) => {
  const used = useWorld(url);

  it('none rests in the database: no password, session, token or link', async () => {
    const { world } = used;
    const { storage, users, links, tokens, google } = world.here;
    const parts = { storage, clock: world.clock, session: SESSION, passwords: new Passwords() };
    const admin = await world.admin();
    const someone = { email: 'anna@example.org', name: 'Anna', role: 'admin', networks: null } as const;
    const { accountId } = await users.create(someone, admin, from());
    const invite = await links.create(accountId, admin, from());
    const note = (await world.audit({ limit: 1 }))[0];
    if (note === undefined) throw new Error('there is no entry');
    const password = 'only Anna knows this one';
    const first = { verifiedHash: null, keepSession: null };
    await storage.accounts.setPassword(accountId, await parts.passwords.hash(password), first, note);
    const session = await new SignIn(parts).withPassword({ email: someone.email, password }, from());
    const token = await tokens.create(
      { name: 't', scopes: ['users:read'], expiresAt: null },
      session.principal,
      from(),
    );
    const reset = await links.create(accountId, admin, from());
    const attempt = await google.beginAttempt({ next: '/', codeVerifier: 'v'.repeat(43) });
    const everything = await everythingIn(world.databaseUrl);
    expect(everything).toContain(someone.email);
    expect(everything).toContain(token.token.hint);
    const secrets = [password, session.secret, token.secret, invite.secret, reset.secret, attempt.secret];
    for (const secret of secrets)
      for (const written of [
        secret,
        Buffer.from(secret, 'base64url').toString('hex'),
        Buffer.from(secret).toString('hex'),
      ])
        expect(everything).not.toContain(written);
  });
});
