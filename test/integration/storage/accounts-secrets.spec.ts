import { describe, expect, it } from 'vitest';
import { databases } from '../../support/services.ts';
import { accountOf, DAY_MS, HASH, newLink, newSession, newToken, note, secret } from './account-fixtures.ts';
import { asAdministrator, later, T0, useStorage } from './fixtures.ts';

/** Every table whose rows are about accounts. */
const TABLES = [
  'account',
  'session',
  'api_token',
  'account_link',
  'oauth_attempt',
  'sign_in_attempt',
  'request_count',
  'audit_entry',
];

describe.each(databases())('what is stored about accounts on $name', ({ url }) => {
  const opened = useStorage(url);

  async function dump(): Promise<string> {
    const rows = TABLES.map(table => asAdministrator(opened.database.url, `select t.*::text as row from ${table} t`));
    return JSON.stringify(await Promise.all(rows));
  }

  it('holds no secret in clear in any column, written however', async () => {
    const { storage } = opened;
    const secrets = Array.from({ length: 5 }, secret);
    const [session, token, link, setup, oauth] = secrets as [
      (typeof secrets)[0],
      (typeof secrets)[0],
      (typeof secrets)[0],
      (typeof secrets)[0],
      (typeof secrets)[0],
    ];
    const typed = 'my password instead of my address';
    const { accountId } = await accountOf(storage, 'ada@example.org', { role: 'admin' });
    await storage.sessions.begin(newSession(accountId, { tokenHash: session.hash }), null, note('session.begin'));
    await storage.apiTokens.create({ ...newToken(accountId), tokenHash: token.hash }, note('token.create'));
    await storage.accountLinks.create(newLink(accountId, { tokenHash: link.hash }), note('link.create'));
    await storage.accountLinks.create(newLink(null, { tokenHash: setup.hash }), null);
    const attempt = { state: 'state', codeVerifier: 'verifier', next: '/', expiresAt: later(DAY_MS) };
    await storage.oauthAttempts.begin({ ...attempt, idHash: oauth.hash }, T0);
    await storage.signInAttempts.decide([typed], T0, () => ({
      store: [{ key: typed, failures: 1, lastFailedAt: T0 }],
    }));
    await storage.requestCounts.count(typed, { now: T0, limit: 9, windowMs: 60_000 });

    const stored = await dump();
    for (const { text, hash } of secrets) {
      expect(stored).toContain(hash.toString('hex'));
      for (const encoding of ['utf8', 'hex', 'base64', 'base64url'] as const)
        expect(stored).not.toContain(Buffer.from(text).toString(encoding));
      expect(stored).not.toContain(Buffer.from(text, 'base64url').toString('hex'));
    }
    expect(stored).not.toContain(typed);
    expect(stored).toContain(HASH);
  });

  it.each([
    ['a password', `update account set password_hash = 'correct horse battery staple'`],
    ['the secret of a session', `update session set token_hash = 'SG93IG1hbnkgYnl0ZXMgYXJlIGluIGEgc2VjcmV0Pz8'::bytea`],
    [
      'the secret of a link',
      `update account_link set token_hash = 'SG93IG1hbnkgYnl0ZXMgYXJlIGluIGEgc2VjcmV0Pz8'::bytea`,
    ],
  ])('refuses %s itself where its hash belongs', async (_what, sql) => {
    await expect(asAdministrator(opened.database.url, sql)).rejects.toMatchObject({ code: '23514' });
  });
});
