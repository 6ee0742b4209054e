import { Migration } from '@mikro-orm/migrations';

/** SHA-256 of what somebody is recognised by: no secret is stored itself. */
const HASH = (column: string): string => `${column} bytea not null check (octet_length(${column}) = 32)`;

/** Accounts, what they sign in by, and who did what. */
const STATEMENTS = [
  // Ids are never used twice: the audit log names an account by it, also when the account is gone.
  `create table account (
  account_id integer generated always as identity primary key,
  email text collate "C" not null unique,
  name text not null,
  role text not null check (role in ('user', 'admin')),
  networks jsonb check (jsonb_typeof(networks) = 'array'),
  password_hash text check (password_hash like '$%'),
  google_subject text collate "C" unique,
  created_at timestamptz not null,
  last_sign_in_at timestamptz,
  disabled_at timestamptz
)`,
  // Ids come from URLs as any text: no uuid, which refuses to be compared with one that is none.
  `create table session (
  session_id text collate "C" primary key,
  ${HASH('token_hash')} unique,
  account_id integer not null references account on delete cascade,
  method text not null,
  address text,
  user_agent text,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null
) with (fillfactor = 80)`,
  `create index session_account on session (account_id)`,
  `create table api_token (
  token_id text collate "C" primary key,
  ${HASH('token_hash')} unique,
  account_id integer not null references account on delete cascade,
  name text not null,
  hint text not null,
  scopes jsonb not null check (jsonb_typeof(scopes) = 'array'),
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
) with (fillfactor = 80)`,
  `create index api_token_account on api_token (account_id)`,
  // One at a time for each account; the first admin has none yet.
  `create table account_link (
  ${HASH('token_hash')} primary key,
  purpose text not null check (purpose in ('setup', 'invite', 'reset')),
  account_id integer unique references account on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  check ((purpose = 'setup') = (account_id is null))
)`,
  // State and verifier have to be known again as they are; without the cookie and Google's code they open nothing.
  `create table oauth_attempt (
  ${HASH('id_hash')} primary key,
  state text not null,
  code_verifier text not null,
  next text not null,
  expires_at timestamptz not null
)`,
  // Known by the hash of its key: people type their password where their address belongs.
  `create table sign_in_attempt (
  ${HASH('key_hash')} primary key,
  failures integer not null,
  last_failed_at timestamptz not null,
  stored_at timestamptz not null
)`,
  // Counts of a minute: a server that crashed may begin anew, and nobody waits for a disk.
  `create unlogged table request_count (
  ${HASH('key_hash')} primary key,
  hits integer not null,
  resets_at timestamptz not null
) with (fillfactor = 50)`,
  // Without a foreign key: it outlives what it tells of.
  `create table audit_entry (
  audit_id bigint generated always as identity primary key,
  at timestamptz not null,
  account_id integer,
  actor text collate "C" not null,
  via text,
  address text,
  action text collate "C" not null,
  subject text collate "C",
  details jsonb not null
)`,
  `create index audit_entry_at on audit_entry (at)`,
  `create index audit_entry_action on audit_entry (action, audit_id)`,
  `create index audit_entry_actor on audit_entry (actor, audit_id)`,
  `create index audit_entry_subject on audit_entry (subject, audit_id)`,
  `create function refuse_to_change_audit() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is only ever added to' using errcode = 'insufficient_privilege';
end
$$`,
  `create trigger audit_entry_append_only before update or delete or truncate on audit_entry
  for each statement execute function refuse_to_change_audit()`,
];

export class M0004Accounts extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}
