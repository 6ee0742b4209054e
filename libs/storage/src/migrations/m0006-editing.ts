import { Migration } from '@mikro-orm/migrations';

/** Machines that are not to be looked at for a while, and files on disk that could not be taken over. */
const STATEMENTS = [
  // The last pause of a machine. It is over at `until`; `is_closed`: that has been told.
  `create table machine_pause (
  machine_id integer primary key,
  paused_by text not null,
  since timestamptz not null,
  until timestamptz,
  note text,
  is_closed boolean not null default false
)`,
  // By the process whose directory it is: each has its own.
  `create table network_file_trouble (
  network text collate "C" not null,
  process text collate "C" not null,
  since timestamptz not null,
  detail text not null,
  problems jsonb not null,
  primary key (network, process)
)`,
];

export class M0006Editing extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}
