import type { EntityManager } from '@mikro-orm/postgresql';
import type { OauthAttempt } from '../account.types.ts';
import { withoutNul } from '../without-nul.ts';

/** Adds one and takes some of those away that are over: nobody can pile them up. Parameters: now, then the columns. */
const BEGIN = `
with over as (
  delete from oauth_attempt where id_hash in
    (select id_hash from oauth_attempt where expires_at <= ? limit 100 for update skip locked)
)
insert into oauth_attempt (id_hash, state, code_verifier, next, expires_at) values (?, ?, ?, ?, ?)`;

/** Browsers that were sent to another's sign-in page and are expected back. */
export class OauthAttempts {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /** Keeps what has to be known again when the browser comes back. */
  async begin(attempt: OauthAttempt & { readonly idHash: Buffer; readonly expiresAt: Date }, now: Date): Promise<void> {
    const { idHash, state, codeVerifier, next, expiresAt } = attempt;
    await this.em.fork().execute(BEGIN, [now, idHash, state, codeVerifier, withoutNul(next), expiresAt]);
  }

  /** Gives the attempt once. `null`: there is none (any more), or it has expired. */
  async take(idHash: Buffer, now: Date): Promise<OauthAttempt | null> {
    const [row] = await this.em
      .fork()
      .execute<{ state: string; code_verifier: string; next: string; in_time: boolean }[]>(
        `delete from oauth_attempt where id_hash = ?
         returning state, code_verifier, next, expires_at > ? as in_time`,
        [idHash, now],
      );
    if (row === undefined || !row.in_time) return null;
    return { state: row.state, codeVerifier: row.code_verifier, next: row.next };
  }
}
