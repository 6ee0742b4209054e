/** Failures count for a quarter of an hour, or as long as the delay they brought, which is no longer. */
const ATTEMPTS_KEPT = `interval '30 minutes'`;

/** Deletes rows, except those that somebody works on at this moment. */
function deleteFrom(table: string, key: string, isOver: string): string {
  return `delete from ${table} where ${key} in (select ${key} from ${table} where ${isOver} for update skip locked)`;
}

/** What deletes everything about accounts that is over. The parameter of each: now. */
export const SWEEP_ACCOUNTS = [
  deleteFrom('session', 'session_id', 'expires_at <= ?'),
  deleteFrom('account_link', 'token_hash', 'expires_at <= ?'),
  deleteFrom('oauth_attempt', 'id_hash', 'expires_at <= ?'),
  deleteFrom('sign_in_attempt', 'key_hash', `stored_at <= ?::timestamptz - ${ATTEMPTS_KEPT}`),
  deleteFrom('request_count', 'key_hash', 'resets_at <= ?'),
];
