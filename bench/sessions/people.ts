import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { query } from '../support/database.ts';
import { say } from '../support/progress.ts';

/** How one person is recognised. */
export interface Person {
  readonly cookie: string;
  readonly authorization: string;
}

interface Secret {
  readonly id: string;
  readonly text: string;
  readonly hash: Buffer;
}

/**
 * Accounts of users, each with a session and a token. Each was last used at some moment of the last minute, so that in the run,
 * as in life, now and then one is due to have its time of use written.
 */
export async function fillPeople(url: string, count: number): Promise<Person[]> {
  const accounts = await query<{ account_id: number }>(
    url,
    `insert into account (email, name, role, created_at)
     select 'person-' || i || '@bench.example', '', 'user', now() from generate_series(1, $1::integer) as i
     returning account_id`,
    [count],
  );
  const ids = accounts.map(({ account_id: id }) => id);
  const sessions = ids.map(() => secret(''));
  const tokens = ids.map(() => secret('dm_'));
  await query(
    url,
    `insert into session (session_id, token_hash, account_id, method, address, created_at, last_used_at, expires_at)
     select id, hash, account, 'password', '127.0.0.1', now() - interval '1 day',
       now() - random() * interval '1 minute', now() + interval '29 days'
     from unnest($1::text[], $2::bytea[], $3::integer[]) as given (id, hash, account)`,
    [...columnsOf(sessions), ids],
  );
  await query(
    url,
    `insert into api_token (token_id, token_hash, account_id, name, hint, scopes, created_at, last_used_at)
     select id, hash, account, 'bench', 'dm_bench', '["metrics:read"]', now() - interval '1 day',
       now() - random() * interval '1 minute'
     from unnest($1::text[], $2::bytea[], $3::integer[]) as given (id, hash, account)`,
    [...columnsOf(tokens), ids],
  );
  await query(url, 'analyze account, session, api_token');
  say(`${count} people are signed in`);
  return sessions.map(({ text }, i) => ({
    cookie: `distomon_session=${text}`,
    authorization: `Bearer ${tokens[i]?.text ?? ''}`,
  }));
}

function secret(prefix: string): Secret {
  const text = prefix + randomBytes(32).toString('base64url');
  return { id: randomUUID(), text, hash: createHash('sha256').update(text).digest() };
}

function columnsOf(secrets: readonly Secret[]): [string[], Buffer[]] {
  return [secrets.map(({ id }) => id), secrets.map(({ hash }) => hash)];
}
