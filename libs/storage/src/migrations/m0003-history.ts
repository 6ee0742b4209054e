import { Migration } from '@mikro-orm/migrations';

/** The stems of the metrics' columns when this migration was written: a frozen copy, as in the first one. */
const METRIC_COLUMNS = [
  'cpu_percent',
  'memory_percent',
  'memory_used_bytes',
  'swap_percent',
  'disk_percent',
  'disk_fullest_percent',
  'disk_read_bytes_per_second',
  'disk_write_bytes_per_second',
  'net_in_bytes_per_second',
  'net_out_bytes_per_second',
  'load1',
  'uptime_seconds',
];

const metricColumns = METRIC_COLUMNS.map(
  stem =>
    `${stem}_avg double precision, ${stem}_min double precision, ${stem}_max double precision, ` +
    `${stem}_samples integer, ${stem}_expected integer`,
).join(',\n  ');

/** What the windows that start within an hour, or a day of UTC, come to together. */
function rollup(table: string): string {
  return `create table ${table} (
  machine_id integer not null,
  start_at timestamptz not null,
  windows integer not null,
  unreachable integer not null,
  unobserved integer not null,
  filled integer not null,
  reason text,
  source text,
  ${metricColumns},
  extra jsonb,
  primary key (machine_id, start_at)
) partition by range (start_at)`;
}

/** Gaps that are filled later, hours and days beside the rows, and what has to be worked on for both. */
const STATEMENTS = [
  `alter table metric_row
  add column filled_at timestamptz,
  add column conclusion text check (conclusion in ('network', 'agent', 'distomon', 'no_data'))`,
  // A gap that nobody has come to a conclusion about.
  `create index metric_row_gap on metric_row (machine_id, window_start) where not reachable and conclusion is null`,
  // Every gap, also those of which the outcome is known.
  `create index metric_row_unreachable on metric_row (machine_id, window_start) where not reachable`,
  rollup('rollup_hour'),
  rollup('rollup_day'),
  // What has to be made anew. Whoever writes rows raises \`marks\`, and so waits for whoever is making it just now.
  `create table rollup_dirty (
  period text not null check (period in ('hour', 'day')),
  machine_id integer not null,
  start_at timestamptz not null,
  marks integer not null default 1,
  not_before timestamptz not null,
  primary key (period, start_at, machine_id)
)`,
  // Machines with gaps that nobody has come to a conclusion about, or whose past was never read.
  `create table backfill (
  machine_id integer primary key,
  marks integer not null default 1,
  attempt integer not null default 0,
  failures integer not null default 0,
  not_before timestamptz not null,
  lease_until timestamptz
)`,
  // Whose turn is next: of ten thousand machines that have gaps at once only the first few are looked at.
  `create index backfill_turn on backfill (attempt, machine_id)`,
  // No two attempts share a number, also after a machine's row was deleted: jobs are named by it.
  `create sequence backfill_attempt as integer`,
  // How much there is of each table and partition, as it was counted last, and by what is seen that it has changed since.
  `create table storage_use (
  name text collate "C" primary key,
  parent text not null,
  bytes bigint not null,
  signature text not null,
  networks jsonb not null
)`,
  // When the day before it was added was read (not yet: null), and how far back that has come meanwhile.
  `alter table machine add column past_read_at timestamptz, add column past_before timestamptz`,
  `insert into backfill (machine_id, not_before) select machine_id, now() from machine where kind = 'machine'`,
  // What was stored before there were hours.
  `insert into rollup_dirty (period, machine_id, start_at, not_before)
  select distinct 'hour', machine_id, date_trunc('hour', window_start, 'UTC'), now() from metric_row`,
];

export class M0003History extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}
