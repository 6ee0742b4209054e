import { Migration } from '@mikro-orm/migrations';

/** Services beside machines, what a network file says of agents that need more than an address, and what a check found. */
const STATEMENTS = [
  `alter table machine
  add column kind text not null default 'machine' check (kind in ('machine', 'service')),
  add column address text,
  add column auth text,
  add column timeout_ms integer,
  add column charts jsonb not null default '[]'`,
  `alter table latest add column detail text, add column measures jsonb`,
  // The sums of `check_window` over days that are over: uptime of a month would have to read 4,320 windows each.
  `create table check_day (
  machine_id integer not null,
  monitor text collate "C" not null,
  observer text collate "C" not null,
  day date not null,
  probes integer not null,
  failures integer not null,
  latency_count integer not null,
  latency_sum_ms double precision not null,
  latency_min_ms double precision,
  latency_max_ms double precision,
  primary key (machine_id, day, monitor, observer)
)`,
];

export class M0002Services extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}
